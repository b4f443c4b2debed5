mock_provider "aws" {}

variables {
  name         = "plenary-test"
  region       = "eu-central-1"
  zones        = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  cidr         = "10.10.0.0/16"
  cluster_name = "plenary-test"
}

run "three_kinds_of_subnets_in_each_zone" {
  command = plan

  assert {
    condition     = toset(keys(aws_subnet.public)) == toset(var.zones) && toset(keys(aws_subnet.private)) == toset(var.zones) && toset(keys(aws_subnet.database)) == toset(var.zones)
    error_message = "Each zone needs a public, a private and a database subnet."
  }

  assert {
    condition     = [for zone in var.zones : aws_subnet.private[zone].cidr_block] == ["10.10.0.0/19", "10.10.32.0/19", "10.10.64.0/19"]
    error_message = "Private subnets hold a pod's address each: /19."
  }

  assert {
    condition     = [for zone in var.zones : aws_subnet.public[zone].cidr_block] == ["10.10.224.0/22", "10.10.228.0/22", "10.10.232.0/22"]
    error_message = "Public subnets are the /22 from 224."
  }

  assert {
    condition     = [for zone in var.zones : aws_subnet.database[zone].cidr_block] == ["10.10.240.0/24", "10.10.241.0/24", "10.10.242.0/24"]
    error_message = "Database subnets are the /24 from 240."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.public : subnet.map_public_ip_on_launch == false])
    error_message = "Nothing gets a public address because of where it is."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.private : subnet.tags["karpenter.sh/discovery"] == "plenary-test" && subnet.tags["kubernetes.io/role/internal-elb"] == "1"])
    error_message = "Karpenter and load balancers find private subnets by their tags."
  }

  assert {
    condition     = alltrue([for subnet in aws_subnet.public : !contains(keys(subnet.tags), "karpenter.sh/discovery")])
    error_message = "Ordinary nodes are not in public subnets."
  }
}

run "a_way_out_in_each_zone" {
  command = plan

  assert {
    condition     = length(aws_nat_gateway.this) == 3 && length(aws_route.nat) == 3
    error_message = "A NAT gateway and a route to it in each zone."
  }
}

run "one_way_out_for_all" {
  command = plan

  variables {
    nat_per_zone = false
  }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["eu-central-1a"] && length(aws_route.nat) == 3
    error_message = "One NAT gateway, and a route to it from each zone."
  }
}

run "the_database_has_no_way_out" {
  command = plan

  assert {
    condition     = toset(keys(aws_route.nat)) == toset(keys(aws_route_table.private)) && length(aws_route_table_association.database) == 3
    error_message = "Only private subnets have a route to NAT."
  }

  assert {
    condition     = aws_route.internet.destination_cidr_block == "0.0.0.0/0" && length(aws_route_table_association.public) == 3
    error_message = "Only public subnets have a route to the internet."
  }
}

run "busy_services_are_reached_inside" {
  command = plan

  assert {
    condition     = toset([for endpoint in aws_vpc_endpoint.interface : endpoint.service_name]) == toset([for service in ["ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager", "sqs", "ec2"] : "com.amazonaws.eu-central-1.${service}"])
    error_message = "Images, roles, logs, secrets and interruptions do not go through NAT."
  }

  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled]) && aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway"
    error_message = "Programs need not know about it."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.endpoints.cidr_ipv4 == "10.10.0.0/16" && aws_vpc_security_group_ingress_rule.endpoints.from_port == 443
    error_message = "Only the network, only HTTPS."
  }
}

run "rejected_connections_are_kept" {
  command = plan

  assert {
    condition     = aws_flow_log.rejected[0].traffic_type == "REJECT" && aws_cloudwatch_log_group.flow[0].retention_in_days == 30
    error_message = "Rejected connections, for 30 days."
  }
}

run "two_zones_are_refused" {
  command = plan

  variables {
    zones = ["eu-central-1a", "eu-central-1b"]
  }

  expect_failures = [var.zones]
}
