variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "region" {
  description = "Region."
  type        = string
}

variable "account_id" {
  description = "AWS account."
  type        = string
}

variable "database_id" {
  description = "The Aurora cluster."
  type        = string
}

variable "database_connections" {
  description = "Connections above which an alarm is raised: well below the class's max_connections."
  type        = number
  default     = 700
}

variable "nat_gateway_ids" {
  description = "NAT gateways by zone."
  type        = map(string)
}

variable "interruption_queue" {
  description = "The queue of spot interruptions."
  type        = string
}

variable "distribution_id" {
  description = "The CDN."
  type        = string
}

variable "slack" {
  description = "The Slack workspace and channel that alarms go to; the workspace is authorised once, by hand, in AWS Chatbot. Null: nobody is told unless by mail."
  type        = object({ workspace_id = string, channel_id = string })
  default     = null
}

variable "mail" {
  description = "A mail address that alarms go to, too; null for none."
  type        = string
  default     = null
}

variable "log_days" {
  description = "Days for which the program's logs are kept in CloudWatch."
  type        = number
  default     = 30
}

variable "metrics_workspace" {
  description = "A managed Prometheus to keep metrics in for longer than the cluster's own."
  type        = bool
  default     = false
}

variable "monthly_budget" {
  description = "Dollars a month at which somebody is told: at four fifths, and when it is foreseen to be exceeded. Null: nobody."
  type        = number
  default     = null
}
