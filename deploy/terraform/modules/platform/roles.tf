# Who in the cluster may do what on AWS: one role for one service account each, with what it needs and nothing else.
locals {
  secrets = "arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:plenary/${var.environment}/*"
  zone    = "arn:aws:route53:::hostedzone/${module.dns_tls.zone_id}"

  change_records = [
    { Effect = "Allow", Action = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"], Resource = local.zone },
    { Effect = "Allow", Action = ["route53:ListHostedZones", "route53:ListHostedZonesByName", "route53:GetChange", "route53:ListTagsForResources"], Resource = "*" },
  ]

  roles = merge(
    {
      # Backups go to their bucket, recordings to the archive. Neither can be deleted with it.
      plenary = {
        namespace       = "plenary"
        service_account = "plenary"
        statements = [
          { Effect = "Allow", Action = ["s3:ListBucket"], Resource = [module.storage_cdn.backup_bucket_arn, module.storage_cdn.archive_bucket_arn] },
          { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = ["${module.storage_cdn.backup_bucket_arn}/*", "${module.storage_cdn.archive_bucket_arn}/*"] },
        ]
      }
      external-secrets = {
        namespace       = "external-secrets"
        service_account = "external-secrets"
        statements      = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], Resource = local.secrets }]
      }
      external-dns = {
        namespace       = "external-dns"
        service_account = "external-dns"
        statements      = local.change_records
      }
      cert-manager = {
        namespace       = "cert-manager"
        service_account = "cert-manager"
        statements      = local.change_records
      }
      load-balancer-controller = {
        namespace       = "kube-system"
        service_account = "aws-load-balancer-controller"
        statements      = jsondecode(file("${path.module}/policies/load-balancer-controller.json")).Statement
      }
    },
    var.alarms.metrics_workspace ? {
      prometheus = {
        namespace       = "observability"
        service_account = "prometheus"
        statements      = [{ Effect = "Allow", Action = "aps:RemoteWrite", Resource = module.observability.metrics_workspace_arn }]
      }
    } : {},
  )
}

module "role" {
  source            = "../irsa"
  for_each          = local.roles
  name              = "${local.name}-${each.key}"
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  namespace         = each.value.namespace
  service_account   = each.value.service_account
  policy            = jsonencode({ Version = "2012-10-17", Statement = each.value.statements })
}

# Places for secrets, empty: what is in them is put there by an operator and never passes through Terraform or its state (docs/operate/aws.md).
resource "aws_secretsmanager_secret" "this" {
  for_each                = toset(["db", "smtp", "metrics", "janus", "turn"])
  name                    = "plenary/${var.environment}/${each.key}"
  description             = "Plenary, ${var.environment}"
  recovery_window_in_days = var.storage.force_destroy ? 0 : 30
}
