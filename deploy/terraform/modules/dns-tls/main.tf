locals {
  zone_id = var.zone_id == null ? aws_route53_zone.this[0].zone_id : var.zone_id
}

resource "aws_route53_zone" "this" {
  count = var.zone_id == null ? 1 : 0
  name  = var.zone_name
}

resource "aws_route53_record" "caa" {
  count   = var.zone_id == null ? 1 : 0
  zone_id = local.zone_id
  name    = var.zone_name
  type    = "CAA"
  ttl     = 3600
  records = [for authority in var.certificate_authorities : "0 issue \"${authority}\""]
}

# For the load balancer, in the cluster's region.
resource "aws_acm_certificate" "app" {
  domain_name       = var.domain
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

# For the CDN: CloudFront takes its certificates from us-east-1, wherever the rest is.
resource "aws_acm_certificate" "media" {
  region            = "us-east-1"
  domain_name       = var.media_domain
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

# A record in the zone proves that it is ours; AWS renews by itself as long as the record stays.
resource "aws_route53_record" "proof" {
  for_each = {
    app   = aws_acm_certificate.app.domain_validation_options
    media = aws_acm_certificate.media.domain_validation_options
  }

  zone_id         = local.zone_id
  name            = one(each.value).resource_record_name
  type            = one(each.value).resource_record_type
  records         = [one(each.value).resource_record_value]
  ttl             = 300
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "app" {
  certificate_arn         = aws_acm_certificate.app.arn
  validation_record_fqdns = [aws_route53_record.proof["app"].fqdn]
}

resource "aws_acm_certificate_validation" "media" {
  region                  = "us-east-1"
  certificate_arn         = aws_acm_certificate.media.arn
  validation_record_fqdns = [aws_route53_record.proof["media"].fqdn]
}
