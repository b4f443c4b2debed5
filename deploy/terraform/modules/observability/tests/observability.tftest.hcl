mock_provider "aws" {}

variables {
  name               = "plenary-test"
  region             = "eu-central-1"
  account_id         = "111111111111"
  database_id        = "plenary-test"
  nat_gateway_ids    = { eu-central-1a = "nat-1", eu-central-1b = "nat-2" }
  interruption_queue = "plenary-test-interruptions"
  distribution_id    = "E1"
}

run "what_the_cluster_cannot_see_is_watched" {
  command = plan

  assert {
    condition = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset([
      "database-cpu", "database-memory", "database-connections", "database-replica-lag", "database-deadlocks", "interruptions-unread",
      "nat-ports-eu-central-1a", "nat-ports-eu-central-1b",
    ])
    error_message = "Database, ways out, interruptions."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["database-memory"].comparison_operator == "LessThanThreshold" && aws_cloudwatch_metric_alarm.this["database-cpu"].comparison_operator == "GreaterThanThreshold"
    error_message = "Too little memory, too much work."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.cdn_errors.region == "us-east-1" && aws_cloudwatch_metric_alarm.cdn_errors.dimensions == tomap({ DistributionId = "E1", Region = "Global" })
    error_message = "CloudFront tells its metrics there."
  }
}

run "alarms_are_told_and_taken_back" {
  command = apply

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset([aws_sns_topic.alarms["here"].arn]) && alarm.ok_actions == alarm.alarm_actions])
    error_message = "To the topic, both ways."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.cdn_errors.alarm_actions == toset([aws_sns_topic.alarms["edge"].arn])
    error_message = "To the topic of its own region."
  }

  assert {
    condition     = alltrue([for policy in aws_sns_topic_policy.alarms : jsondecode(policy.policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111111111111"])
    error_message = "Nobody else raises alarms here."
  }

  assert {
    condition     = alltrue([for key in aws_kms_key.alarms : jsondecode(key.policy).Statement[1].Principal.Service == "cloudwatch.amazonaws.com" && jsondecode(key.policy).Statement[1].Action == ["kms:Decrypt", "kms:GenerateDataKey*"]])
    error_message = "CloudWatch must be able to use the key, or alarms are lost without a word."
  }
}

run "slack_when_there_is_a_channel" {
  command = plan

  variables {
    slack = { workspace_id = "T1", channel_id = "C1" }
  }

  assert {
    condition     = aws_chatbot_slack_channel_configuration.alarms[0].slack_channel_id == "C1" && aws_chatbot_slack_channel_configuration.alarms[0].guardrail_policy_arns == tolist(["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"])
    error_message = "To the channel, which may look and not touch."
  }
}

run "nobody_unless_named" {
  command = plan

  assert {
    condition     = length(aws_chatbot_slack_channel_configuration.alarms) == 0 && length(aws_sns_topic_subscription.mail) == 0 && length(aws_budgets_budget.month) == 0 && length(aws_prometheus_workspace.this) == 0
    error_message = "Nothing that was not asked for."
  }
}

run "costs_are_told_before_they_are_due" {
  command = plan

  variables {
    monthly_budget = 400
    mail           = "operators@example.org"
  }

  assert {
    condition     = aws_budgets_budget.month[0].limit_amount == "400" && length(aws_budgets_budget.month[0].notification) == 2
    error_message = "At four fifths, and when it is foreseen."
  }

  assert {
    condition     = length(aws_sns_topic_subscription.mail) == 2
    error_message = "Alarms of both regions."
  }
}
