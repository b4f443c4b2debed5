mock_provider "aws" {}

variables {
  name              = "plenary-test"
  region            = "eu-central-1"
  cluster_name      = "plenary-test"
  cluster_arn       = "arn:aws:eks:eu-central-1:111111111111:cluster/plenary-test"
  vpc_id            = "vpc-1"
  oidc_provider_arn = "arn:aws:iam::111111111111:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC"
  oidc_issuer       = "oidc.eks.eu-central-1.amazonaws.com/id/ABC"
  node_role_name    = "plenary-test-node"
  node_role_arn     = "arn:aws:iam::111111111111:role/plenary-test-node"
}

run "interruptions_reach_the_queue" {
  command = plan

  assert {
    condition = toset([for rule in aws_cloudwatch_event_rule.interruptions : jsondecode(rule.event_pattern)["detail-type"][0]]) == toset([
      "EC2 Spot Instance Interruption Warning", "EC2 Instance Rebalance Recommendation", "EC2 Instance State-change Notification", "AWS Health Event",
    ])
    error_message = "All four kinds of notice."
  }

  assert {
    condition     = length(aws_cloudwatch_event_target.interruptions) == 4
    error_message = "Each rule sends to the queue."
  }

  assert {
    condition     = aws_sqs_queue.interruptions.sqs_managed_sse_enabled && aws_sqs_queue.interruptions.message_retention_seconds == 300
    error_message = "Encrypted, and forgotten after five minutes."
  }
}

run "only_events_of_these_rules_come_in" {
  command = apply

  assert {
    condition     = toset(jsondecode(aws_sqs_queue_policy.interruptions.policy).Statement[0].Condition.ArnEquals["aws:SourceArn"]) == toset([for rule in aws_cloudwatch_event_rule.interruptions : rule.arn])
    error_message = "Others could have our nodes drained."
  }

  assert {
    condition     = jsondecode(aws_sqs_queue_policy.interruptions.policy).Statement[1].Effect == "Deny" && jsondecode(aws_sqs_queue_policy.interruptions.policy).Statement[1].Condition.Bool["aws:SecureTransport"] == "false"
    error_message = "Not without TLS."
  }
}

run "the_surge_is_spot" {
  command = apply

  assert {
    condition = [
      for requirement in yamldecode(split("---\n", output.manifests)[1]).spec.template.spec.requirements : requirement.values
      if requirement.key == "karpenter.sh/capacity-type"
    ] == [["spot", "on-demand"]]
    error_message = "Spot, with on-demand for when there is none."
  }

  assert {
    condition     = yamldecode(split("---\n", output.manifests)[1]).spec.limits.cpu == 200
    error_message = "The most that a mistake can cost."
  }

  assert {
    condition     = yamldecode(split("---\n", output.manifests)[1]).spec.disruption.consolidationPolicy == "WhenEmpty"
    error_message = "Nodes with people on them are not emptied to save money."
  }

  assert {
    condition     = yamldecode(split("---\n", output.manifests)[0]).spec.metadataOptions == { httpTokens = "required", httpPutResponseHopLimit = 1 }
    error_message = "Pods must not reach the node's credentials."
  }

  assert {
    condition     = yamldecode(split("---\n", output.manifests)[0]).spec.subnetSelectorTerms[0].tags == { "karpenter.sh/discovery" = "plenary-test" }
    error_message = "In the private subnets of this cluster."
  }

  assert {
    condition     = length(split("---\n", output.manifests)) == 2 && length(aws_security_group.media) == 0
    error_message = "No media nodes unless asked for."
  }
}

run "media_nodes_are_on_demand_and_open_for_webrtc_only" {
  command = apply

  variables {
    media = {}
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.media[0].ip_protocol == "udp" && aws_vpc_security_group_ingress_rule.media[0].from_port == 20000 && aws_vpc_security_group_ingress_rule.media[0].to_port == 40000
    error_message = "UDP, and only these ports."
  }

  assert {
    condition = anytrue([
      for text in split("---\n", output.manifests) : try(yamldecode(text).metadata.name == "media" && yamldecode(text).spec.template.spec.requirements[0].values == ["on-demand"] && yamldecode(text).spec.template.spec.taints[0].effect == "NoSchedule", false)
    ])
    error_message = "On demand, for media only."
  }
}

run "a_surge_without_spot_is_refused" {
  command = plan

  variables {
    surge = { capacity_types = ["on-demand"] }
  }

  expect_failures = [var.surge]
}
