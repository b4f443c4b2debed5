variable "name" {
  description = "Name of the role."
  type        = string
}

variable "oidc_provider_arn" {
  description = "The cluster's identity provider."
  type        = string
}

variable "oidc_issuer" {
  description = "Its address without https://, as oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF."
  type        = string

  validation {
    condition     = !startswith(var.oidc_issuer, "https://")
    error_message = "Without https://: the names of the conditions begin with it."
  }
}

variable "namespace" {
  description = "Namespace of the service account."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]+$", var.namespace))
    error_message = "One namespace by its name: no pattern."
  }
}

variable "service_account" {
  description = "The service account that may take the role, and no other."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9.-]+$", var.service_account))
    error_message = "One service account by its name: no pattern."
  }
}

variable "policy" {
  description = "What the role may do, as JSON; null for managed policies only."
  type        = string
  default     = null
}

variable "has_policy" {
  description = "Whether there is a policy: known before the policy itself is."
  type        = bool
  default     = true
}

variable "managed_policy_arns" {
  description = "Policies that AWS maintains."
  type        = set(string)
  default     = []
}
