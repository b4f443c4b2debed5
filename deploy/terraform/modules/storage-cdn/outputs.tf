output "data_file_system_id" {
  description = "For the storage class or the volume of the shared folder."
  value       = aws_efs_file_system.data.id
}

output "data_access_point_id" {
  description = "The folder of it that pods mount."
  value       = aws_efs_access_point.data.id
}

output "archive_bucket" {
  description = "Recordings that were moved out of the shared folder."
  value       = aws_s3_bucket.archive.bucket
}

output "archive_bucket_arn" {
  description = "The same, for policies."
  value       = aws_s3_bucket.archive.arn
}

output "backup_bucket" {
  description = "Backups."
  value       = aws_s3_bucket.backups.bucket
}

output "backup_bucket_arn" {
  description = "The same, for policies."
  value       = aws_s3_bucket.backups.arn
}

output "distribution_id" {
  description = "The CDN, for alarms and invalidations."
  value       = aws_cloudfront_distribution.media.id
}

output "media_url" {
  description = "Media:PublicUrl of Plenary."
  value       = "https://${var.media_domain}"
}
