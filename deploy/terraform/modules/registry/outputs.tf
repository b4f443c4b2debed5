output "urls" {
  description = "Addresses to push to, by repository."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.repository_url }
}

output "arns" {
  description = "By repository."
  value       = { for name, repository in aws_ecr_repository.this : name => repository.arn }
}
