# The cache in front of streams and replays. What it must do is docs/operate/media.md, "A cache in front": the key is path and query and nothing else, no
# cookies, Cache-Control is obeyed to the second, one question for each address at a time, answers awaited for longer than the 8 s that a playlist may
# take. CloudFront asks once for an address that many want at the same time, as long as it may keep the answer and no cookie tells them apart.
locals {
  app     = "app"
  archive = "archive"
}

# Streams: the origin says how long each answer may be kept (parts an hour, playlists with a number 6 s, playlists without one 1 s, errors not at all).
resource "aws_cloudfront_cache_policy" "streams" {
  name        = "${var.name}-streams"
  comment     = "LL-HLS: as long as the origin says, by path and the three questions a player may ask"
  min_ttl     = 0
  default_ttl = 1
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    # Compressed or not would be two addresses; segments cannot be made smaller.
    enable_accept_encoding_gzip   = false
    enable_accept_encoding_brotli = false

    cookies_config {
      cookie_behavior = "none"
    }
    headers_config {
      header_behavior = "none"
    }
    # Nobody gets past the cache by adding a question of their own.
    query_strings_config {
      query_string_behavior = "whitelist"
      query_strings {
        items = ["_HLS_msn", "_HLS_part", "plain"]
      }
    }
  }
}

resource "aws_cloudfront_cache_policy" "replays" {
  name        = "${var.name}-replays"
  comment     = "Replays: as long as the origin says, by path"
  min_ttl     = 0
  default_ttl = 1
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_gzip   = false
    enable_accept_encoding_brotli = false

    cookies_config {
      cookie_behavior = "none"
    }
    headers_config {
      header_behavior = "none"
    }
    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

resource "aws_cloudfront_response_headers_policy" "archive" {
  name = "${var.name}-archive"

  cors_config {
    access_control_allow_credentials = false
    origin_override                  = true

    access_control_allow_headers {
      items = ["Range"]
    }
    access_control_allow_methods {
      items = ["GET", "HEAD"]
    }
    access_control_allow_origins {
      items = ["https://${var.app_domain}"]
    }
  }
}

resource "aws_cloudfront_origin_access_control" "archive" {
  name                              = "${var.name}-archive"
  description                       = "Signs what it asks the bucket"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "media" {
  enabled         = true
  comment         = "${var.name}: streams and replays"
  aliases         = [var.media_domain]
  http_version    = "http2and3"
  is_ipv6_enabled = true
  price_class     = var.price_class

  origin {
    origin_id           = local.app
    domain_name         = var.app_domain
    connection_attempts = 2
    connection_timeout  = 3

    custom_origin_config {
      http_port                = 80
      https_port               = 443
      origin_protocol_policy   = "https-only"
      origin_ssl_protocols     = ["TLSv1.2"]
      origin_read_timeout      = 30 # a playlist may wait 8 s for what is not there yet
      origin_keepalive_timeout = 60
    }

    origin_shield {
      enabled              = true
      origin_shield_region = var.origin_shield_region
    }
  }

  origin {
    origin_id                = local.archive
    domain_name              = aws_s3_bucket.archive.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.archive.id
  }

  # Nothing but streams and replays comes through to the program.
  default_cache_behavior {
    target_origin_id           = local.archive
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = false
    cache_policy_id            = aws_cloudfront_cache_policy.replays.id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.archive.id
  }

  ordered_cache_behavior {
    path_pattern           = "/live/*"
    target_origin_id       = local.app
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = false
    cache_policy_id        = aws_cloudfront_cache_policy.streams.id
  }

  ordered_cache_behavior {
    path_pattern           = "/replays/*"
    target_origin_id       = local.app
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = false
    cache_policy_id        = aws_cloudfront_cache_policy.replays.id
  }

  # CloudFront keeps errors for 10 s unless told otherwise: a part asked for a moment too early would be missing for everybody.
  dynamic "custom_error_response" {
    for_each = [400, 403, 404, 500, 502, 503, 504]
    content {
      error_code            = custom_error_response.value
      error_caching_min_ttl = 0
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }

  lifecycle {
    precondition {
      condition     = var.media_domain != var.app_domain
      error_message = "The CDN needs a name of its own: it would ask itself."
    }
  }
}

resource "aws_route53_record" "media" {
  for_each = toset(["A", "AAAA"])
  zone_id  = var.zone_id
  name     = var.media_domain
  type     = each.key

  alias {
    name                   = aws_cloudfront_distribution.media.domain_name
    zone_id                = aws_cloudfront_distribution.media.hosted_zone_id
    evaluate_target_health = false
  }
}
