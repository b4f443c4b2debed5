# The same file in every environment: what differs is in terraform.tfvars (what it is made of) and backend.hcl (where its state is kept).
terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "6.66.0"
    }
  }

  # terraform init -backend-config=backend.hcl
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      Application = "plenary"
      Environment = var.environment
      ManagedBy   = "terraform"
    }
  }
}

module "platform" {
  source      = "../../modules/platform"
  environment = var.environment
  region      = var.region
  account_id  = var.account_id
  zones       = var.zones
  domain      = var.domain
  zone_name   = var.zone_name
  zone_id     = var.zone_id
  network     = var.network
  cluster     = var.cluster
  surge       = var.surge
  media_nodes = var.media_nodes
  database    = var.database
  storage     = var.storage
  registry    = var.registry
  alarms      = var.alarms
}
