# Alarm → topic → Slack, and mail. The topics are encrypted with a key that CloudWatch and the budgets may use: with AWS's own key they could not.
resource "aws_kms_key" "alarms" {
  for_each                = local.topics
  region                  = each.value
  description             = "Alarms of ${var.name}"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Account", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${var.account_id}:root" }, Action = "kms:*", Resource = "*" },
      {
        # Without a condition: CloudWatch does not say for which account it asks, and the topic's own policy does.
        Sid       = "Alarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
      },
      {
        Sid       = "Budgets"
        Effect    = "Allow"
        Principal = { Service = "budgets.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
      },
    ]
  })
}

resource "aws_sns_topic" "alarms" {
  for_each          = local.topics
  region            = each.value
  name              = "${var.name}-alarms"
  kms_master_key_id = aws_kms_key.alarms[each.key].arn
}

resource "aws_sns_topic_policy" "alarms" {
  for_each = local.topics
  region   = each.value
  arn      = aws_sns_topic.alarms[each.key].arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "AlarmsOfThisAccount"
      Effect    = "Allow"
      Principal = { Service = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms[each.key].arn
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })
}

resource "aws_sns_topic_subscription" "mail" {
  for_each  = var.mail == null ? {} : local.topics
  region    = each.value
  topic_arn = aws_sns_topic.alarms[each.key].arn
  protocol  = "email"
  endpoint  = var.mail
}

# The role that Slack's side gets: it may look at alarms, and do nothing.
resource "aws_iam_role" "slack" {
  count = var.slack == null ? 0 : 1
  name  = "${var.name}-slack"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "chatbot.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "slack" {
  count = var.slack == null ? 0 : 1
  name  = "look-at-alarms"
  role  = aws_iam_role.slack[0].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*"], Resource = "*" }]
  })
}

resource "aws_chatbot_slack_channel_configuration" "alarms" {
  count                       = var.slack == null ? 0 : 1
  configuration_name          = "${var.name}-alarms"
  iam_role_arn                = aws_iam_role.slack[0].arn
  slack_team_id               = var.slack.workspace_id
  slack_channel_id            = var.slack.channel_id
  sns_topic_arns              = [for topic in aws_sns_topic.alarms : topic.arn]
  guardrail_policy_arns       = ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"]
  logging_level               = "ERROR"
  user_authorization_required = true
}

resource "aws_budgets_budget" "month" {
  count        = var.monthly_budget == null ? 0 : 1
  name         = "${var.name}-month"
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  dynamic "notification" {
    for_each = { ACTUAL = 80, FORECASTED = 100 }
    content {
      notification_type         = notification.key
      threshold                 = notification.value
      threshold_type            = "PERCENTAGE"
      comparison_operator       = "GREATER_THAN"
      subscriber_sns_topic_arns = [aws_sns_topic.alarms["edge"].arn]
    }
  }
}
