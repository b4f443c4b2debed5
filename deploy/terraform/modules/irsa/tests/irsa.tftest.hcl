mock_provider "aws" {}

variables {
  name              = "plenary-test-external-dns"
  oidc_provider_arn = "arn:aws:iam::111111111111:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC"
  oidc_issuer       = "oidc.eks.eu-central-1.amazonaws.com/id/ABC"
  namespace         = "external-dns"
  service_account   = "external-dns"
  policy            = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
}

run "one_service_account_and_no_other" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition == {
      StringEquals = {
        "oidc.eks.eu-central-1.amazonaws.com/id/ABC:sub" = "system:serviceaccount:external-dns:external-dns"
        "oidc.eks.eu-central-1.amazonaws.com/id/ABC:aud" = "sts.amazonaws.com"
      }
    }
    error_message = "Exactly this subject and this audience."
  }

  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Action == "sts:AssumeRoleWithWebIdentity" && jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Principal == { Federated = var.oidc_provider_arn }
    error_message = "By the cluster's identity provider only."
  }

  assert {
    condition     = length(jsondecode(aws_iam_role.this.assume_role_policy).Statement) == 1
    error_message = "No other way into the role."
  }

  assert {
    condition     = aws_iam_role.this.max_session_duration == 3600
    error_message = "An hour at most."
  }
}

run "managed_policies_only" {
  command = plan

  variables {
    has_policy          = false
    managed_policy_arns = ["arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"]
  }

  assert {
    condition     = length(aws_iam_role_policy.this) == 0 && length(aws_iam_role_policy_attachment.managed) == 1
    error_message = "The managed policy, and no own one."
  }
}

run "patterns_are_refused" {
  command = plan

  variables {
    namespace       = "*"
    service_account = "external-*"
  }

  expect_failures = [var.namespace, var.service_account]
}

run "an_issuer_with_https_is_refused" {
  command = plan

  variables {
    oidc_issuer = "https://oidc.eks.eu-central-1.amazonaws.com/id/ABC"
  }

  expect_failures = [var.oidc_issuer]
}
