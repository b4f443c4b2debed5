# What the cluster's own monitoring cannot see, or could be lost with it: AWS's side of the database, the ways out, the CDN. What people notice is told by
# the rules in deploy/monitoring.
locals {
  database = { DBClusterIdentifier = var.database_id }

  alarms = merge(
    {
      database-cpu = {
        what      = "The database's processors are busy: larger class, or look at Performance Insights"
        namespace = "AWS/RDS", metric = "CPUUtilization", dimensions = local.database
        statistic = "Average", over = 85, periods = 5
      }
      database-memory = {
        what      = "The database has less than 512 MB left"
        namespace = "AWS/RDS", metric = "FreeableMemory", dimensions = local.database
        statistic = "Minimum", under = 536870912, periods = 5
      }
      database-connections = {
        what      = "The database has nearly all the connections it can take: fewer pods, a smaller pool, a larger class"
        namespace = "AWS/RDS", metric = "DatabaseConnections", dimensions = local.database
        statistic = "Maximum", over = var.database_connections, periods = 3
      }
      database-replica-lag = {
        what      = "A reader is more than a second behind: taking over would wait for it"
        namespace = "AWS/RDS", metric = "AuroraReplicaLagMaximum", dimensions = local.database
        statistic = "Maximum", over = 1000, periods = 5
      }
      database-deadlocks = {
        what      = "Transactions are stopping each other"
        namespace = "AWS/RDS", metric = "Deadlocks", dimensions = local.database
        statistic = "Average", over = 1, periods = 3
      }
      interruptions-unread = {
        what      = "Nobody reads warnings of spot interruptions: Karpenter is not running, nodes go without being drained"
        namespace = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = var.interruption_queue }
        statistic = "Maximum", over = 60, periods = 1
      }
    },
    {
      for zone, gateway in var.nat_gateway_ids : "nat-ports-${zone}" => {
        what      = "The NAT gateway of ${zone} has no ports left: connections out fail"
        namespace = "AWS/NATGateway", metric = "ErrorPortAllocation", dimensions = { NatGatewayId = gateway }
        statistic = "Sum", over = 0, periods = 1
      }
    },
  )

  topics = { here = var.region, edge = "us-east-1" }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = local.alarms
  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.what
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  comparison_operator = can(each.value.under) ? "LessThanThreshold" : "GreaterThanThreshold"
  threshold           = can(each.value.under) ? each.value.under : each.value.over
  period              = 60
  evaluation_periods  = each.value.periods
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms["here"].arn]
  ok_actions          = [aws_sns_topic.alarms["here"].arn]
}

# CloudFront tells its metrics in us-east-1 only, and an alarm speaks to a topic of its own region.
resource "aws_cloudwatch_metric_alarm" "cdn_errors" {
  region              = "us-east-1"
  alarm_name          = "${var.name}-cdn-errors"
  alarm_description   = "More than 2 % of what players ask the CDN for fails"
  namespace           = "AWS/CloudFront"
  metric_name         = "5xxErrorRate"
  dimensions          = { DistributionId = var.distribution_id, Region = "Global" }
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 2
  period              = 60
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms["edge"].arn]
  ok_actions          = [aws_sns_topic.alarms["edge"].arn]
}
