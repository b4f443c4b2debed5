# Everything of one environment. The environments call this and nothing else.
locals {
  name         = "plenary-${var.environment}"
  media_domain = "media.${var.domain}"
}

module "network" {
  source              = "../network"
  name                = local.name
  region              = var.region
  zones               = var.zones
  cidr                = var.network.cidr
  nat_per_zone        = var.network.nat_per_zone
  interface_endpoints = var.network.interface_endpoints
  cluster_name        = local.name
}

module "eks" {
  source              = "../eks"
  name                = local.name
  kubernetes_version  = var.cluster.kubernetes_version
  private_subnet_ids  = module.network.private_subnet_ids
  public_access_cidrs = var.cluster.public_access_cidrs
  administrators      = var.cluster.administrators
  base_instance_types = var.cluster.base_instance_types
  base_size           = var.cluster.base_size
  deletion_protection = var.cluster.deletion_protection
}

module "node_pools" {
  source            = "../node-pools"
  name              = local.name
  region            = var.region
  cluster_name      = module.eks.name
  cluster_arn       = module.eks.arn
  vpc_id            = module.network.vpc_id
  oidc_provider_arn = module.eks.oidc_provider_arn
  oidc_issuer       = module.eks.oidc_issuer
  node_role_name    = module.eks.node_role_name
  node_role_arn     = module.eks.node_role_arn
  surge             = var.surge
  media             = var.media_nodes
}

module "aurora" {
  source                    = "../aurora"
  name                      = local.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.database_subnet_ids
  client_security_group_ids = { nodes = module.eks.security_group_id }
  instance_class            = var.database.instance_class
  readers                   = var.database.readers
  backup_days               = var.database.backup_days
  deletion_protection       = var.database.deletion_protection
  skip_final_snapshot       = var.database.skip_final_snapshot
}

module "dns_tls" {
  source       = "../dns-tls"
  domain       = var.domain
  media_domain = local.media_domain
  zone_name    = var.zone_name
  zone_id      = var.zone_id
}

module "storage_cdn" {
  source                    = "../storage-cdn"
  name                      = local.name
  region                    = var.region
  account_id                = var.account_id
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.private_subnet_ids
  client_security_group_ids = { nodes = module.eks.security_group_id }
  app_domain                = var.domain
  media_domain              = local.media_domain
  zone_id                   = module.dns_tls.zone_id
  certificate_arn           = module.dns_tls.media_certificate_arn
  price_class               = var.storage.price_class
  origin_shield_region      = var.storage.origin_shield_region
  backup_days               = var.storage.backup_days
  force_destroy             = var.storage.force_destroy
}

module "registry" {
  source             = "../registry"
  count              = var.registry == null ? 0 : 1
  keep_releases      = var.registry.keep_releases
  reader_account_ids = var.registry.reader_account_ids
}

module "observability" {
  source               = "../observability"
  name                 = local.name
  region               = var.region
  account_id           = var.account_id
  database_id          = module.aurora.cluster_id
  database_connections = var.database.max_connections
  nat_gateway_ids      = module.network.nat_gateway_ids
  interruption_queue   = module.node_pools.interruption_queue
  distribution_id      = module.storage_cdn.distribution_id
  slack                = var.alarms.slack
  mail                 = var.alarms.mail
  log_days             = var.alarms.log_days
  metrics_workspace    = var.alarms.metrics_workspace
  monthly_budget       = var.alarms.monthly_budget
}
