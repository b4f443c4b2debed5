mock_provider "aws" {}

variables {
  name               = "plenary-test"
  private_subnet_ids = ["subnet-1", "subnet-2", "subnet-3"]
  administrators     = ["arn:aws:iam::111111111111:role/operators"]
}

run "the_api_server_is_not_in_the_internet" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "Reached from inside only, unless networks are named."
  }
}

run "named_networks_reach_it" {
  command = plan

  variables {
    public_access_cidrs = ["198.51.100.0/24"]
  }

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["198.51.100.0/24"])
    error_message = "The named network and no other."
  }
}

run "the_whole_internet_is_refused" {
  command = plan

  variables {
    public_access_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.public_access_cidrs]
}

run "who_may_is_written_here" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    error_message = "By access entries only; whoever made the cluster gets nothing by that."
  }

  assert {
    condition     = keys(aws_eks_access_entry.administrator) == ["arn:aws:iam::111111111111:role/operators"]
    error_message = "The named administrators."
  }
}

run "secrets_are_encrypted_and_everything_is_logged" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.encryption_config[0].resources == toset(["secrets"]) && aws_kms_key.secrets.enable_key_rotation
    error_message = "Kubernetes secrets, with a key that changes."
  }

  assert {
    condition     = length(aws_eks_cluster.this.enabled_cluster_log_types) == 5 && aws_cloudwatch_log_group.control_plane.name == "/aws/eks/plenary-test/cluster"
    error_message = "All five logs, in a group that has an end."
  }
}

run "the_base_is_on_demand" {
  command = plan

  assert {
    condition     = aws_eks_node_group.base.capacity_type == "ON_DEMAND" && length(aws_eks_node_group.base.subnet_ids) == 3
    error_message = "On demand, in every zone."
  }

  assert {
    condition     = aws_eks_node_group.base.scaling_config[0].min_size == 3 && aws_eks_node_group.base.labels["plenary.events/pool"] == "base"
    error_message = "Three at least, with their label."
  }

  assert {
    condition     = aws_launch_template.base.metadata_options[0].http_tokens == "required" && aws_launch_template.base.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "Pods must not reach the node's credentials."
  }

  assert {
    condition     = aws_launch_template.base.block_device_mappings[0].ebs[0].encrypted == "true"
    error_message = "Disks are encrypted."
  }
}

run "network_policies_are_enforced" {
  command = plan

  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "Without it the chart's NetworkPolicies are ink."
  }

  assert {
    condition     = toset(keys(aws_eks_addon.after_nodes)) == toset(["coredns", "metrics-server", "aws-ebs-csi-driver", "aws-efs-csi-driver"])
    error_message = "Names, figures for autoscaling, disks, the shared folder."
  }
}

run "it_cannot_be_deleted_by_mistake" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.deletion_protection
    error_message = "Protected unless said otherwise."
  }
}

run "an_untested_version_is_refused" {
  command = plan

  variables {
    kubernetes_version = "1.28"
  }

  expect_failures = [var.kubernetes_version]
}
