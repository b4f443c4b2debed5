# Where a log shipper of the cluster may write to; made here so that it has an end.
resource "aws_cloudwatch_log_group" "program" {
  name              = "/plenary/${var.name}/program"
  retention_in_days = var.log_days
}

resource "aws_prometheus_workspace" "this" {
  count = var.metrics_workspace ? 1 : 0
  alias = var.name
}
