output "topic_arns" {
  description = "The topics of alarms: here, and edge (us-east-1)."
  value       = { for name, topic in aws_sns_topic.alarms : name => topic.arn }
}

output "log_group" {
  description = "The program's log group."
  value       = aws_cloudwatch_log_group.program.name
}

output "log_group_arn" {
  description = "The same, for policies."
  value       = aws_cloudwatch_log_group.program.arn
}

output "remote_write_url" {
  description = "Where Prometheus may send its metrics; null without a workspace."
  value       = var.metrics_workspace ? "${aws_prometheus_workspace.this[0].prometheus_endpoint}api/v1/remote_write" : null
}

output "metrics_workspace_arn" {
  description = "The workspace, for policies; null without one."
  value       = var.metrics_workspace ? aws_prometheus_workspace.this[0].arn : null
}
