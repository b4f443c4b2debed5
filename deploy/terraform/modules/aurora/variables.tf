variable "name" {
  description = "Name of the database cluster."
  type        = string
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Subnets without a way out, one in each zone."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) >= 3
    error_message = "One subnet in each of three zones."
  }
}

variable "client_security_group_ids" {
  description = "Who may connect: the nodes' security group, by a name that is known before it exists."
  type        = map(string)
}

variable "engine_version" {
  description = "Major version of PostgreSQL; AWS takes the minor ones in by itself, in the maintenance window."
  type        = string
  default     = "16"

  validation {
    condition     = can(regex("^[0-9]+$", var.engine_version))
    error_message = "A major version, as 16: a minor one would be taken back at the next apply."
  }
}

variable "instance_class" {
  description = "Class of writer and readers; db.serverless for one that follows the load."
  type        = string
  default     = "db.r7g.large"
}

variable "readers" {
  description = "Readers, each in another zone; one takes over when the writer is lost. 0: minutes of silence until a new one is there."
  type        = number
  default     = 1

  validation {
    condition     = var.readers >= 0 && var.readers <= 15
    error_message = "0 to 15."
  }
}

variable "serverless_capacity" {
  description = "Capacity units (2 GB each) of db.serverless."
  type        = object({ min = number, max = number })
  default     = { min = 0.5, max = 4 }
}

variable "backup_days" {
  description = "Days to any second of which it can be put back."
  type        = number
  default     = 14

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35
    error_message = "1 to 35."
  }
}

variable "deletion_protection" {
  description = "Refuses to delete the database until this is turned off."
  type        = bool
  default     = true
}

variable "skip_final_snapshot" {
  description = "Whether destroying leaves nothing behind. Only for development."
  type        = bool
  default     = false
}

variable "slow_statement_milliseconds" {
  description = "Statements that take longer are logged, without their values."
  type        = number
  default     = 500
}
