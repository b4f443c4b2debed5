# AWS says two minutes before that it takes a spot instance back. The message goes to this queue, Karpenter drains the node, and pods have 100 of the 120
# seconds to move their people (docs/operate/surge.md).
locals {
  # Karpenter's documentation names these four.
  events = {
    spot-interruption = { source = "aws.ec2", detail = "EC2 Spot Instance Interruption Warning" }
    rebalance         = { source = "aws.ec2", detail = "EC2 Instance Rebalance Recommendation" }
    state-change      = { source = "aws.ec2", detail = "EC2 Instance State-change Notification" }
    scheduled-change  = { source = "aws.health", detail = "AWS Health Event" }
  }
}

resource "aws_sqs_queue" "interruptions" {
  name                      = "${var.name}-interruptions"
  message_retention_seconds = 300 # older ones are about nodes that are gone
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "interruptions" {
  queue_url = aws_sqs_queue.interruptions.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EventsOfTheseRules"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.interruptions.arn
        Condition = { ArnEquals = { "aws:SourceArn" = [for rule in aws_cloudwatch_event_rule.interruptions : rule.arn] } }
      },
      {
        Sid       = "OnlyEncrypted"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.interruptions.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_cloudwatch_event_rule" "interruptions" {
  for_each      = local.events
  name          = "${var.name}-${each.key}"
  event_pattern = jsonencode({ source = [each.value.source], "detail-type" = [each.value.detail] })
}

resource "aws_cloudwatch_event_target" "interruptions" {
  for_each = local.events
  rule     = aws_cloudwatch_event_rule.interruptions[each.key].name
  arn      = aws_sqs_queue.interruptions.arn
}
