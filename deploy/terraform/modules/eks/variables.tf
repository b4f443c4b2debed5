variable "name" {
  description = "Name of the cluster."
  type        = string
}

variable "kubernetes_version" {
  description = "Version of Kubernetes: one that the chart is tested with (1.32 to 1.34)."
  type        = string
  default     = "1.34"

  validation {
    condition     = contains(["1.32", "1.33", "1.34"], var.kubernetes_version)
    error_message = "One of 1.32, 1.33, 1.34: the chart is tested with these."
  }
}

variable "private_subnet_ids" {
  description = "Where nodes and the cluster's own interfaces are."
  type        = list(string)
}

variable "public_access_cidrs" {
  description = "Who reaches the API server from outside. None: it is reached from inside the network only."
  type        = list(string)
  default     = []

  validation {
    condition     = !contains(var.public_access_cidrs, "0.0.0.0/0") && !contains(var.public_access_cidrs, "::/0")
    error_message = "Not the whole internet: name the networks of operators and of the pipeline."
  }
}

variable "administrators" {
  description = "ARNs of IAM roles that may do everything in the cluster: operators and the pipeline."
  type        = set(string)
  default     = []
}

variable "log_days" {
  description = "Days for which the control plane's logs are kept."
  type        = number
  default     = 90
}

variable "base_instance_types" {
  description = "Instance types of the base: always there, on demand."
  type        = list(string)
  default     = ["m7g.large"]
}

variable "base_ami_type" {
  description = "The image of base nodes: AL2023_ARM_64_STANDARD or AL2023_x86_64_STANDARD, as the instance types and the images of Plenary are."
  type        = string
  default     = "AL2023_ARM_64_STANDARD"

  validation {
    condition     = contains(["AL2023_ARM_64_STANDARD", "AL2023_x86_64_STANDARD"], var.base_ami_type)
    error_message = "AL2023_ARM_64_STANDARD or AL2023_x86_64_STANDARD."
  }
}

variable "base_size" {
  description = "Nodes of the base: how many at least, to begin with, and at most."
  type        = object({ min = number, desired = number, max = number })
  default     = { min = 3, desired = 3, max = 6 }

  validation {
    condition     = var.base_size.min >= 1 && var.base_size.min <= var.base_size.desired && var.base_size.desired <= var.base_size.max
    error_message = "min ≤ desired ≤ max, and at least one."
  }
}

variable "node_disk_gigabytes" {
  description = "Disk of a base node."
  type        = number
  default     = 50
}

variable "deletion_protection" {
  description = "Refuses to delete the cluster until this is turned off."
  type        = bool
  default     = true
}
