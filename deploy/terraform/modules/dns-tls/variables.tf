variable "domain" {
  description = "Where people reach Plenary, as events.example.org."
  type        = string
}

variable "media_domain" {
  description = "Where players reach the CDN, as media.events.example.org."
  type        = string
}

variable "zone_name" {
  description = "The Route 53 zone that both are in, as example.org."
  type        = string
}

variable "zone_id" {
  description = "The zone when it exists already; null makes it. Its name servers must then be set where the domain was bought."
  type        = string
  default     = null
}

variable "certificate_authorities" {
  description = "Who may issue certificates for a zone that is made here: Amazon, and Let's Encrypt for cert-manager."
  type        = list(string)
  default     = ["amazon.com", "letsencrypt.org"]
}
