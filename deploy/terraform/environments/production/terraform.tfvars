# Production: tens of thousands of people, no zone and no spot instance missed.
environment = "production"
region      = "eu-central-1"
account_id  = "111111111111" # yours
zones       = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
domain      = "events.example.org"
zone_name   = "example.org"

network = {
  cidr         = "10.10.0.0/16"
  nat_per_zone = true
}

cluster = {
  administrators      = ["arn:aws:iam::111111111111:role/plenary-operators", "arn:aws:iam::111111111111:role/plenary-pipeline"]
  base_instance_types = ["m7g.xlarge"]
  base_size           = { min = 3, desired = 3, max = 9 }
  deletion_protection = true
}

surge = {
  capacity_types = ["spot", "on-demand"]
  cpu_limit      = 400
  memory_limit   = "1600Gi"
}

media_nodes = {
  cpu_limit = 64
}

database = {
  instance_class      = "db.r7g.xlarge"
  readers             = 2
  backup_days         = 35
  deletion_protection = true
  skip_final_snapshot = false
  max_connections     = 2000
}

storage = {
  price_class          = "PriceClass_All"
  origin_shield_region = "eu-central-1"
  backup_days          = 365
  force_destroy        = false
}

registry = {
  keep_releases      = 100
  reader_account_ids = ["222222222222", "333333333333"]
}

alarms = {
  log_days          = 90
  metrics_workspace = true
  monthly_budget    = 6000
}
