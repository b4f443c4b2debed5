output "zone_id" {
  description = "The zone."
  value       = local.zone_id
}

output "name_servers" {
  description = "To be set where the domain was bought; empty for a zone that existed."
  value       = var.zone_id == null ? aws_route53_zone.this[0].name_servers : []
}

output "app_certificate_arn" {
  description = "For the load balancer, once it is valid."
  value       = aws_acm_certificate_validation.app.certificate_arn
}

output "media_certificate_arn" {
  description = "For the CDN, once it is valid."
  value       = aws_acm_certificate_validation.media.certificate_arn
}
