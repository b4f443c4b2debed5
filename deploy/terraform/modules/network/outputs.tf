output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "Its addresses."
  value       = var.cidr
}

output "public_subnet_ids" {
  description = "For load balancers and media nodes."
  value       = [for zone in var.zones : aws_subnet.public[zone].id]
}

output "private_subnet_ids" {
  description = "For nodes and pods."
  value       = [for zone in var.zones : aws_subnet.private[zone].id]
}

output "database_subnet_ids" {
  description = "For Aurora."
  value       = [for zone in var.zones : aws_subnet.database[zone].id]
}

output "nat_gateway_ids" {
  description = "By zone, for alarms."
  value       = { for zone, gateway in aws_nat_gateway.this : zone => gateway.id }
}
