# Staging: as production, smaller; what is released is tested here under load first.
environment = "staging"
region      = "eu-central-1"
account_id  = "222222222222" # yours
zones       = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
domain      = "events.staging.example.org"
zone_name   = "staging.example.org"

network = {
  cidr         = "10.20.0.0/16"
  nat_per_zone = false
}

cluster = {
  administrators      = ["arn:aws:iam::222222222222:role/plenary-operators", "arn:aws:iam::222222222222:role/plenary-pipeline"]
  base_instance_types = ["m7g.large"]
  base_size           = { min = 3, desired = 3, max = 6 }
  deletion_protection = true
}

surge = {
  capacity_types = ["spot", "on-demand"]
  cpu_limit      = 200
  memory_limit   = "800Gi"
}

media_nodes = {
  cpu_limit = 16
}

database = {
  instance_class      = "db.r7g.large"
  readers             = 1
  backup_days         = 7
  deletion_protection = true
  skip_final_snapshot = false
}

storage = {
  price_class          = "PriceClass_100"
  origin_shield_region = "eu-central-1"
  backup_days          = 30
  force_destroy        = false
}

alarms = {
  log_days       = 30
  monthly_budget = 1500
}
