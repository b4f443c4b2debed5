mock_provider "aws" {}

variables {
  domain       = "events.example.org"
  media_domain = "media.events.example.org"
  zone_name    = "example.org"
}

run "a_zone_of_our_own" {
  command = plan

  assert {
    condition     = aws_route53_zone.this[0].name == "example.org"
    error_message = "Made unless it exists."
  }

  assert {
    condition     = aws_route53_record.caa[0].records == toset(["0 issue \"amazon.com\"", "0 issue \"letsencrypt.org\""])
    error_message = "Nobody else issues certificates for it."
  }
}

run "a_zone_that_exists" {
  command = plan

  variables {
    zone_id = "Z123"
  }

  assert {
    condition     = length(aws_route53_zone.this) == 0 && length(aws_route53_record.caa) == 0 && output.zone_id == "Z123" && output.name_servers == []
    error_message = "Used as it is."
  }
}

run "certificates_where_they_are_needed" {
  command = plan

  assert {
    condition     = aws_acm_certificate.app.domain_name == "events.example.org" && aws_acm_certificate.app.validation_method == "DNS"
    error_message = "The program's, in its own region."
  }

  assert {
    condition     = aws_acm_certificate.media.domain_name == "media.events.example.org" && aws_acm_certificate.media.region == "us-east-1" && aws_acm_certificate_validation.media.region == "us-east-1"
    error_message = "The CDN's, where CloudFront looks for it."
  }
}
