variable "repositories" {
  description = "Repositories of images and charts."
  type        = set(string)
  default     = ["plenary", "plenary-media", "charts/plenary", "charts/observability"]
}

variable "keep_releases" {
  description = "How many tagged images each keeps. More than the releases one could want to roll back to."
  type        = number
  default     = 50

  validation {
    condition     = var.keep_releases >= 10
    error_message = "At least ten, or there is nothing to roll back to."
  }
}

variable "untagged_days" {
  description = "Days after which images without a tag go."
  type        = number
  default     = 7
}

variable "force_delete" {
  description = "Whether destroying takes the images along."
  type        = bool
  default     = false
}

variable "reader_account_ids" {
  description = "Other AWS accounts that may pull: those of staging and development."
  type        = set(string)
  default     = []
}
