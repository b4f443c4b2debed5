mock_provider "aws" {}

variables {
  environment = "staging"
  region      = "eu-central-1"
  account_id  = "222222222222"
  zones       = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  domain      = "events.example.org"
  zone_name   = "example.org"
  zone_id     = "Z123"
  network     = { nat_per_zone = false }
  cluster = {
    base_instance_types = ["m7g.large"]
    base_size           = { min = 3, desired = 3, max = 6 }
    deletion_protection = true
  }
  surge = { cpu_limit = 100, memory_limit = "400Gi" }
  database = {
    instance_class      = "db.r7g.large"
    readers             = 1
    backup_days         = 7
    deletion_protection = true
    skip_final_snapshot = false
  }
  storage = { origin_shield_region = "eu-central-1", backup_days = 30, force_destroy = false }
  alarms  = { log_days = 30 }
}

run "each_service_account_has_a_role_of_its_own" {
  command = plan

  assert {
    condition     = toset(keys(output.role_arns)) == toset(["plenary", "external-secrets", "external-dns", "cert-manager", "load-balancer-controller", "karpenter"])
    error_message = "These and no others."
  }

  assert {
    condition     = local.roles["external-secrets"].statements[0].Resource == "arn:aws:secretsmanager:eu-central-1:222222222222:secret:plenary/staging/*"
    error_message = "Secrets of this environment only."
  }

  assert {
    condition     = alltrue([for name in ["external-dns", "cert-manager"] : local.roles[name].statements[0].Resource == "arn:aws:route53:::hostedzone/Z123"])
    error_message = "Records of this zone only."
  }

  assert {
    condition     = !anytrue([for statement in local.roles["plenary"].statements : anytrue([for action in statement.Action : strcontains(action, "Delete") || strcontains(action, "*")])])
    error_message = "The program cannot delete backups."
  }
}

run "secrets_have_a_place_and_no_value" {
  command = plan

  assert {
    condition     = toset([for secret in aws_secretsmanager_secret.this : secret.name]) == toset([for name in ["db", "smtp", "metrics", "janus", "turn"] : "plenary/staging/${name}"])
    error_message = "Where the chart looks for them."
  }

  assert {
    condition     = output.media_url == "https://media.events.example.org" && output.registry_urls == null
    error_message = "The CDN's name, and images from elsewhere."
  }
}

run "an_unknown_environment_is_refused" {
  command = plan

  variables {
    environment = "test"
  }

  expect_failures = [var.environment]
}
