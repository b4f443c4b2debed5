output "cluster_id" {
  description = "For alarms."
  value       = aws_rds_cluster.this.cluster_identifier
}

output "writer_endpoint" {
  description = "The Host of ConnectionStrings:Db."
  value       = aws_rds_cluster.this.endpoint
}

output "reader_endpoint" {
  description = "For reports: never for the program."
  value       = aws_rds_cluster.this.reader_endpoint
}

output "administrator_secret_arn" {
  description = "The administrator's password, which AWS makes and changes every week: for making the program's own user, not for the program."
  value       = aws_rds_cluster.this.master_user_secret[0].secret_arn
}

output "security_group_id" {
  description = "The database's."
  value       = aws_security_group.this.id
}
