mock_provider "aws" {}

variables {
  name                      = "plenary-test"
  region                    = "eu-central-1"
  account_id                = "111111111111"
  vpc_id                    = "vpc-1"
  subnet_ids                = ["subnet-1", "subnet-2", "subnet-3"]
  client_security_group_ids = { nodes = "sg-nodes" }
  app_domain                = "events.example.org"
  media_domain              = "media.events.example.org"
  zone_id                   = "Z1"
  certificate_arn           = "arn:aws:acm:us-east-1:111111111111:certificate/1"
  origin_shield_region      = "eu-central-1"
}

run "nothing_is_public" {
  command = plan

  assert {
    condition     = toset(keys(aws_s3_bucket_public_access_block.this)) == toset(["archive", "backups"])
    error_message = "Each bucket."
  }

  assert {
    condition     = alltrue([for block in aws_s3_bucket_public_access_block.this : block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets])
    error_message = "All four locks."
  }

  assert {
    condition     = alltrue([for controls in aws_s3_bucket_ownership_controls.this : controls.rule[0].object_ownership == "BucketOwnerEnforced"])
    error_message = "No access lists."
  }

  assert {
    condition     = alltrue([for each in aws_s3_bucket_versioning.this : each.versioning_configuration[0].status == "Enabled"])
    error_message = "What was overwritten can be had back."
  }

  assert {
    condition     = !aws_s3_bucket.archive.force_destroy && !aws_s3_bucket.backups.force_destroy
    error_message = "Destroying stops at full buckets."
  }
}

run "only_the_cdn_reads_the_archive" {
  command = apply

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.archive.policy).Statement[1].Condition.StringEquals["AWS:SourceArn"] == aws_cloudfront_distribution.media.arn && jsondecode(aws_s3_bucket_policy.archive.policy).Statement[1].Action == "s3:GetObject"
    error_message = "This distribution, and reading only."
  }

  assert {
    condition     = alltrue([for policy in [aws_s3_bucket_policy.archive.policy, aws_s3_bucket_policy.backups.policy] : jsondecode(policy).Statement[0].Effect == "Deny" && jsondecode(policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"])
    error_message = "Not without TLS."
  }

  assert {
    condition     = aws_cloudfront_origin_access_control.archive.signing_behavior == "always" && aws_cloudfront_origin_access_control.archive.signing_protocol == "sigv4"
    error_message = "The CDN signs what it asks."
  }
}

run "streams_are_kept_as_long_as_the_origin_says" {
  command = plan

  assert {
    condition     = aws_cloudfront_cache_policy.streams.min_ttl == 0 && aws_cloudfront_cache_policy.streams.default_ttl == 1
    error_message = "A longer minimum would keep playlists past their time; none at all would ask for each viewer."
  }

  assert {
    condition     = aws_cloudfront_cache_policy.streams.max_ttl > 0
    error_message = "Three zeros turn the cache, and with it asking once for all, off."
  }

  assert {
    condition     = aws_cloudfront_cache_policy.streams.parameters_in_cache_key_and_forwarded_to_origin[0].cookies_config[0].cookie_behavior == "none" && aws_cloudfront_cache_policy.streams.parameters_in_cache_key_and_forwarded_to_origin[0].headers_config[0].header_behavior == "none"
    error_message = "Cookies or headers in the key would ask for each viewer."
  }

  assert {
    condition     = aws_cloudfront_cache_policy.streams.parameters_in_cache_key_and_forwarded_to_origin[0].query_strings_config[0].query_strings[0].items == toset(["_HLS_msn", "_HLS_part", "plain"])
    error_message = "The three questions of a player, each with an answer of its own."
  }

  assert {
    condition     = !aws_cloudfront_cache_policy.streams.parameters_in_cache_key_and_forwarded_to_origin[0].enable_accept_encoding_gzip && !aws_cloudfront_cache_policy.streams.parameters_in_cache_key_and_forwarded_to_origin[0].enable_accept_encoding_brotli
    error_message = "One address, one answer."
  }
}

run "the_origin_is_asked_once_and_awaited" {
  command = plan

  assert {
    condition     = [for origin in aws_cloudfront_distribution.media.origin : origin.origin_shield[0].enabled if origin.origin_id == "app"] == [true]
    error_message = "One cache before all others."
  }

  assert {
    condition     = [for origin in aws_cloudfront_distribution.media.origin : origin.custom_origin_config[0].origin_read_timeout >= 15 && origin.custom_origin_config[0].origin_protocol_policy == "https-only" if origin.origin_id == "app"] == [true]
    error_message = "Playlists may take 8 s; encrypted all the way."
  }

  assert {
    condition     = alltrue([for error in aws_cloudfront_distribution.media.custom_error_response : error.error_caching_min_ttl == 0]) && length([for error in aws_cloudfront_distribution.media.custom_error_response : error if contains([404, 503], error.error_code)]) == 2
    error_message = "What is not there yet is asked for again."
  }
}

run "nothing_but_media_comes_through" {
  command = plan

  assert {
    condition     = [for behavior in aws_cloudfront_distribution.media.ordered_cache_behavior : behavior.path_pattern] == ["/live/*", "/replays/*"] && alltrue([for behavior in aws_cloudfront_distribution.media.ordered_cache_behavior : behavior.allowed_methods == toset(["GET", "HEAD"])])
    error_message = "Streams and replays, and only looking."
  }

  assert {
    condition     = aws_cloudfront_distribution.media.default_cache_behavior[0].target_origin_id == "archive"
    error_message = "Everything else ends at the bucket."
  }

  assert {
    condition     = aws_cloudfront_distribution.media.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" && aws_cloudfront_distribution.media.aliases == toset(["media.events.example.org"])
    error_message = "Under its own name, with TLS of today."
  }
}

run "the_shared_folder_is_encrypted_and_the_programs_own" {
  command = plan

  assert {
    condition     = aws_efs_file_system.data.encrypted && aws_efs_backup_policy.data.backup_policy[0].status == "ENABLED"
    error_message = "Encrypted and backed up."
  }

  assert {
    condition     = aws_efs_access_point.data.posix_user[0].uid == 10001 && aws_efs_access_point.data.root_directory[0].creation_info[0].permissions == "0750"
    error_message = "The image's user, nobody else."
  }

  assert {
    condition     = length(aws_efs_mount_target.data) == 3 && aws_vpc_security_group_ingress_rule.data["nodes"].from_port == 2049
    error_message = "In every zone, for nodes."
  }
}

run "a_cdn_in_front_of_itself_is_refused" {
  command = plan

  variables {
    media_domain = "events.example.org"
  }

  expect_failures = [aws_cloudfront_distribution.media]
}
