mock_provider "aws" {}

variables {
  name                      = "plenary-test"
  vpc_id                    = "vpc-1"
  subnet_ids                = ["subnet-1", "subnet-2", "subnet-3"]
  client_security_group_ids = { nodes = "sg-nodes" }
}

run "nothing_is_lost_by_mistake" {
  command = plan

  assert {
    condition     = aws_rds_cluster.this.deletion_protection && !aws_rds_cluster.this.skip_final_snapshot && aws_rds_cluster.this.final_snapshot_identifier == "plenary-test-final"
    error_message = "Protected, and a snapshot remains."
  }

  assert {
    condition     = aws_rds_cluster.this.backup_retention_period == 14 && aws_rds_cluster.this.copy_tags_to_snapshot
    error_message = "Back to any second of two weeks."
  }
}

run "everything_is_encrypted" {
  command = plan

  assert {
    condition     = aws_rds_cluster.this.storage_encrypted && aws_kms_key.this.enable_key_rotation
    error_message = "With a key of its own that changes."
  }

  assert {
    condition     = contains([for parameter in aws_rds_cluster_parameter_group.this.parameter : "${parameter.name}=${parameter.value}"], "rds.force_ssl=1")
    error_message = "No connection without TLS."
  }
}

run "the_password_is_not_ours_to_keep" {
  command = plan

  assert {
    condition     = aws_rds_cluster.this.manage_master_user_password && aws_rds_cluster.this.master_password == null
    error_message = "AWS makes it; it is in no state and no variable."
  }
}

run "only_nodes_may_connect" {
  command = plan

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.postgres) == 1 && aws_vpc_security_group_ingress_rule.postgres["nodes"].referenced_security_group_id == "sg-nodes" && aws_vpc_security_group_ingress_rule.postgres["nodes"].from_port == 5432
    error_message = "PostgreSQL from the nodes."
  }

  assert {
    condition     = alltrue([for instance in aws_rds_cluster_instance.this : instance.publicly_accessible == false])
    error_message = "No public address."
  }
}

run "a_writer_and_readers_that_take_over_in_order" {
  command = plan

  variables {
    readers = 2
  }

  assert {
    condition     = [for instance in aws_rds_cluster_instance.this : instance.promotion_tier] == [0, 1, 2]
    error_message = "Three instances with an order."
  }

  assert {
    condition     = alltrue([for instance in aws_rds_cluster_instance.this : instance.performance_insights_enabled && instance.monitoring_interval == 60])
    error_message = "Each can be looked into."
  }
}

run "the_parameters_fit_the_version" {
  command = plan

  variables {
    engine_version = "17"
  }

  assert {
    condition     = aws_rds_cluster_parameter_group.this.family == "aurora-postgresql17"
    error_message = "The family follows the major version."
  }
}

run "statements_are_logged_without_what_people_wrote" {
  command = plan

  assert {
    condition     = contains([for parameter in aws_rds_cluster_parameter_group.this.parameter : "${parameter.name}=${parameter.value}"], "log_parameter_max_length=0")
    error_message = "No values in logs."
  }
}

run "serverless_for_development" {
  command = plan

  variables {
    instance_class = "db.serverless"
    readers        = 0
  }

  assert {
    condition     = aws_rds_cluster.this.serverlessv2_scaling_configuration[0].min_capacity == 0.5 && length(aws_rds_cluster_instance.this) == 1
    error_message = "One instance that follows the load."
  }
}

run "a_year_of_backups_is_refused" {
  command = plan

  variables {
    backup_days = 365
  }

  expect_failures = [var.backup_days]
}
