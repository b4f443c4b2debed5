variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "region" {
  description = "Region."
  type        = string
}

variable "account_id" {
  description = "AWS account: names of buckets are unique in the world."
  type        = string
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Where nodes are: the shared folder has an address in each."
  type        = list(string)
}

variable "client_security_group_ids" {
  description = "Who mounts the shared folder: the nodes' security group, by a name that is known before it exists."
  type        = map(string)
}

variable "app_domain" {
  description = "Where people reach Plenary, as events.example.org: the CDN fetches streams and replays there."
  type        = string
}

variable "media_domain" {
  description = "Where players reach the CDN, as media.example.org: Media:PublicUrl of Plenary."
  type        = string
}

variable "zone_id" {
  description = "The Route 53 zone of the media domain."
  type        = string
}

variable "certificate_arn" {
  description = "Certificate of the media domain, in us-east-1."
  type        = string
}

variable "price_class" {
  description = "From which of its places the CDN answers: PriceClass_100 (Europe, North America), PriceClass_200, PriceClass_All."
  type        = string
  default     = "PriceClass_100"
}

variable "origin_shield_region" {
  description = "One cache before all others, near the cluster: the origin is then asked once for each address, not once by each place."
  type        = string
}

variable "backup_days" {
  description = "Days for which backups are kept."
  type        = number
  default     = 90
}

variable "force_destroy" {
  description = "Whether destroying takes recordings and backups along. Only for development."
  type        = bool
  default     = false
}
