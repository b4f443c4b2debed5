variable "name" {
  description = "Prefix of every name, as plenary-production."
  type        = string
}

variable "region" {
  description = "Region, for the names of endpoints."
  type        = string
}

variable "zones" {
  description = "Availability zones. Three: the database and the cluster survive the loss of one."
  type        = list(string)

  validation {
    condition     = length(var.zones) == 3 && length(distinct(var.zones)) == 3
    error_message = "Three different availability zones."
  }
}

variable "cidr" {
  description = "Addresses of the network: a /16. Pods have addresses of it, too."
  type        = string
  default     = "10.0.0.0/16"

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && endswith(var.cidr, "/16")
    error_message = "A /16, such as 10.0.0.0/16."
  }
}

variable "nat_per_zone" {
  description = "A NAT gateway in each zone. With a single one the loss of its zone cuts off the others' way out, and traffic between zones is paid for."
  type        = bool
  default     = true
}

variable "interface_endpoints" {
  description = "Services reached inside the network instead of through NAT. Each costs by the hour and zone."
  type        = set(string)
  nullable    = false
  default     = ["ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager", "sqs", "ec2"]
}

variable "flow_log_days" {
  description = "Days for which rejected connections are kept; 0 keeps none."
  type        = number
  default     = 30
}

variable "cluster_name" {
  description = "The EKS cluster whose load balancers and nodes find their subnets here."
  type        = string
}
