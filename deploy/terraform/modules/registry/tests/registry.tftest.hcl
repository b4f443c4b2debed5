mock_provider "aws" {}

run "images_are_scanned_and_never_replaced" {
  command = plan

  assert {
    condition     = toset(keys(aws_ecr_repository.this)) == toset(["plenary", "plenary-media", "charts/plenary", "charts/observability"])
    error_message = "Two images, two charts."
  }

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE" && repository.image_scanning_configuration[0].scan_on_push && !repository.force_delete])
    error_message = "What was tested is what runs, and it is looked at."
  }
}

run "old_images_go_and_releases_stay" {
  command = plan

  assert {
    condition     = alltrue([for policy in aws_ecr_lifecycle_policy.this : [for rule in jsondecode(policy.policy).rules : rule.selection.countNumber] == [7, 50]])
    error_message = "Untagged ones after a week, all but fifty releases."
  }
}

run "other_environments_may_pull_and_not_push" {
  command = plan

  variables {
    reader_account_ids = ["222222222222"]
  }

  assert {
    condition     = alltrue([for policy in aws_ecr_repository_policy.readers : jsondecode(policy.policy).Statement[0].Principal.AWS == ["arn:aws:iam::222222222222:root"] && !anytrue([for action in jsondecode(policy.policy).Statement[0].Action : strcontains(action, "Put")])])
    error_message = "The named account, and only to pull."
  }
}

run "nothing_to_roll_back_to_is_refused" {
  command = plan

  variables {
    keep_releases = 3
  }

  expect_failures = [var.keep_releases]
}
