variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "region" {
  description = "Region."
  type        = string
}

variable "cluster_name" {
  description = "The EKS cluster."
  type        = string
}

variable "cluster_arn" {
  description = "The same, for policies."
  type        = string
}

variable "vpc_id" {
  description = "The network, for the security group of media nodes."
  type        = string
}

variable "oidc_provider_arn" {
  description = "The cluster's identity provider."
  type        = string
}

variable "oidc_issuer" {
  description = "Its address without https://."
  type        = string
}

variable "node_role_name" {
  description = "The role that nodes of Karpenter have: the base's."
  type        = string
}

variable "node_role_arn" {
  description = "The same."
  type        = string
}

variable "architecture" {
  description = "arm64 or amd64, as the images of Plenary are."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "amd64"], var.architecture)
    error_message = "arm64 or amd64."
  }
}

variable "surge" {
  description = "The surge: families of instances, their sizes in virtual CPUs, and limits in sum, which are the most that a mistake can cost."
  type = object({
    capacity_types = optional(list(string), ["spot", "on-demand"])
    families       = optional(list(string), ["c", "m", "r"])
    min_generation = optional(number, 6)
    cpus           = optional(list(string), ["2", "4", "8"])
    cpu_limit      = optional(number, 200)
    memory_limit   = optional(string, "800Gi")
  })
  default = {}

  validation {
    condition     = contains(var.surge.capacity_types, "spot")
    error_message = "The surge is of spot instances; on-demand may stand beside them, for when there are none."
  }
}

variable "media" {
  description = "Nodes for Janus, in public subnets, on demand; null for none."
  type = object({
    cpus      = optional(list(string), ["4", "8"])
    cpu_limit = optional(number, 64)
    udp_ports = optional(object({ from = number, to = number }), { from = 20000, to = 40000 })
  })
  default = null
}
