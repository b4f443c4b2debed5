variable "environment" {
  description = "production, staging or development: part of every name."
  type        = string

  validation {
    condition     = contains(["production", "staging", "development"], var.environment)
    error_message = "production, staging or development."
  }
}

variable "region" {
  description = "AWS region."
  type        = string
}

variable "account_id" {
  description = "AWS account."
  type        = string
}

variable "zones" {
  description = "Three availability zones of the region."
  type        = list(string)
}

variable "domain" {
  description = "Where people reach Plenary, as events.example.org."
  type        = string
}

variable "zone_name" {
  description = "The Route 53 zone it is in, as example.org."
  type        = string
}

variable "zone_id" {
  description = "That zone when it exists already; null makes it."
  type        = string
  default     = null
}

variable "network" {
  description = "Of module network."
  type = object({
    cidr                = optional(string, "10.0.0.0/16")
    nat_per_zone        = bool
    interface_endpoints = optional(set(string))
  })
}

variable "cluster" {
  description = "Of module eks."
  type = object({
    kubernetes_version  = optional(string, "1.34")
    public_access_cidrs = optional(list(string), [])
    administrators      = optional(set(string), [])
    base_instance_types = list(string)
    base_size           = object({ min = number, desired = number, max = number })
    deletion_protection = bool
  })
}

variable "surge" {
  description = "Of module node-pools."
  type = object({
    capacity_types = optional(list(string), ["spot", "on-demand"])
    cpu_limit      = number
    memory_limit   = string
  })
}

variable "media_nodes" {
  description = "Nodes for Janus, of module node-pools; null for calls from browser to browser only."
  type = object({
    cpus      = optional(list(string), ["4", "8"])
    cpu_limit = optional(number, 64)
    udp_ports = optional(object({ from = number, to = number }), { from = 20000, to = 40000 })
  })
  default = null
}

variable "database" {
  description = "Of module aurora."
  type = object({
    instance_class      = string
    readers             = number
    backup_days         = number
    deletion_protection = bool
    skip_final_snapshot = bool
    max_connections     = optional(number, 700)
  })
}

variable "storage" {
  description = "Of module storage-cdn."
  type = object({
    price_class          = optional(string, "PriceClass_100")
    origin_shield_region = string
    backup_days          = number
    force_destroy        = bool
  })
}

variable "registry" {
  description = "Of module registry; null where images come from another environment's."
  type = object({
    keep_releases      = optional(number, 50)
    reader_account_ids = optional(set(string), [])
  })
  default = null
}

variable "alarms" {
  description = "Of module observability."
  type = object({
    slack             = optional(object({ workspace_id = string, channel_id = string }))
    mail              = optional(string)
    log_days          = number
    metrics_workspace = optional(bool, false)
    monthly_budget    = optional(number)
  })
}
