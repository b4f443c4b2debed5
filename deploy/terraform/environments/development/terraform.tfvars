# Development: cheap, and gone without a trace when it is destroyed.
environment = "development"
region      = "eu-central-1"
account_id  = "333333333333" # yours
zones       = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
domain      = "events.dev.example.org"
zone_name   = "dev.example.org"

network = {
  cidr                = "10.30.0.0/16"
  nat_per_zone        = false
  interface_endpoints = [] # they would cost more than the rest of the network
}

cluster = {
  administrators      = ["arn:aws:iam::333333333333:role/plenary-developers", "arn:aws:iam::333333333333:role/plenary-pipeline"]
  base_instance_types = ["t4g.large"]
  base_size           = { min = 1, desired = 2, max = 3 }
  deletion_protection = false
}

surge = {
  capacity_types = ["spot"]
  cpu_limit      = 32
  memory_limit   = "128Gi"
}

database = {
  instance_class      = "db.serverless"
  readers             = 0
  backup_days         = 1
  deletion_protection = false
  skip_final_snapshot = true
  max_connections     = 150
}

storage = {
  price_class          = "PriceClass_100"
  origin_shield_region = "eu-central-1"
  backup_days          = 7
  force_destroy        = true
}

alarms = {
  log_days       = 7
  monthly_budget = 400
}
