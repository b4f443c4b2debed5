# What Karpenter may do: start instances that carry this cluster's tag, end only such, read prices and the queue. Its chart is installed by the pipeline
# into kube-system, on base nodes.
locals {
  ec2     = "arn:aws:ec2:${var.region}"
  cluster = "kubernetes.io/cluster/${var.cluster_name}"
}

module "controller_role" {
  source            = "../irsa"
  name              = "${var.name}-karpenter"
  oidc_provider_arn = var.oidc_provider_arn
  oidc_issuer       = var.oidc_issuer
  namespace         = "kube-system"
  service_account   = "karpenter"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "StartFromWhatIsThere"
        Effect = "Allow"
        Action = ["ec2:RunInstances", "ec2:CreateFleet"]
        Resource = [
          "${local.ec2}::image/*", "${local.ec2}::snapshot/*", "${local.ec2}:*:security-group/*",
          "${local.ec2}:*:subnet/*", "${local.ec2}:*:capacity-reservation/*",
        ]
      },
      {
        Sid       = "StartFromOwnTemplates"
        Effect    = "Allow"
        Action    = ["ec2:RunInstances", "ec2:CreateFleet"]
        Resource  = "${local.ec2}:*:launch-template/*"
        Condition = { StringEquals = { "aws:ResourceTag/${local.cluster}" = "owned" }, StringLike = { "aws:ResourceTag/karpenter.sh/nodepool" = "*" } }
      },
      {
        Sid    = "StartOnlyWithTheTag"
        Effect = "Allow"
        Action = ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"]
        Resource = [
          for kind in ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"] : "${local.ec2}:*:${kind}/*"
        ]
        Condition = {
          StringEquals = { "aws:RequestTag/${local.cluster}" = "owned", "aws:RequestTag/eks:eks-cluster-name" = var.cluster_name }
          StringLike   = { "aws:RequestTag/karpenter.sh/nodepool" = "*" }
        }
      },
      {
        Sid    = "TagWhileStarting"
        Effect = "Allow"
        Action = "ec2:CreateTags"
        Resource = [
          for kind in ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"] : "${local.ec2}:*:${kind}/*"
        ]
        Condition = {
          StringEquals = {
            "aws:RequestTag/${local.cluster}"     = "owned"
            "aws:RequestTag/eks:eks-cluster-name" = var.cluster_name
            "ec2:CreateAction"                    = ["RunInstances", "CreateFleet", "CreateLaunchTemplate"]
          }
          StringLike = { "aws:RequestTag/karpenter.sh/nodepool" = "*" }
        }
      },
      {
        Sid      = "NameOwnInstances"
        Effect   = "Allow"
        Action   = "ec2:CreateTags"
        Resource = "${local.ec2}:*:instance/*"
        Condition = {
          StringEquals                = { "aws:ResourceTag/${local.cluster}" = "owned" }
          StringLike                  = { "aws:ResourceTag/karpenter.sh/nodepool" = "*" }
          "ForAllValues:StringEquals" = { "aws:TagKeys" = ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] }
        }
      },
      {
        Sid       = "EndOnlyOwn"
        Effect    = "Allow"
        Action    = ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"]
        Resource  = ["${local.ec2}:*:instance/*", "${local.ec2}:*:launch-template/*"]
        Condition = { StringEquals = { "aws:ResourceTag/${local.cluster}" = "owned" }, StringLike = { "aws:ResourceTag/karpenter.sh/nodepool" = "*" } }
      },
      {
        Sid    = "LookAround"
        Effect = "Allow"
        Action = [
          "ec2:DescribeAvailabilityZones", "ec2:DescribeCapacityReservations", "ec2:DescribeImages", "ec2:DescribeInstances", "ec2:DescribeInstanceTypeOfferings",
          "ec2:DescribeInstanceTypes", "ec2:DescribeLaunchTemplates", "ec2:DescribeSecurityGroups", "ec2:DescribeSpotPriceHistory", "ec2:DescribeSubnets",
        ]
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestedRegion" = var.region } }
      },
      { Sid = "ReadImages", Effect = "Allow", Action = "ssm:GetParameter", Resource = "arn:aws:ssm:${var.region}::parameter/aws/service/*" },
      { Sid = "ReadPrices", Effect = "Allow", Action = "pricing:GetProducts", Resource = "*" },
      { Sid = "ReadInterruptions", Effect = "Allow", Action = ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], Resource = aws_sqs_queue.interruptions.arn },
      { Sid = "FindTheCluster", Effect = "Allow", Action = "eks:DescribeCluster", Resource = var.cluster_arn },
      {
        Sid       = "GiveNodesTheirRole"
        Effect    = "Allow"
        Action    = "iam:PassRole"
        Resource  = var.node_role_arn
        Condition = { StringEquals = { "iam:PassedToService" = "ec2.amazonaws.com" } }
      },
      { Sid = "ReadInstanceProfile", Effect = "Allow", Action = "iam:GetInstanceProfile", Resource = aws_iam_instance_profile.node.arn },
      { Sid = "ListInstanceProfiles", Effect = "Allow", Action = "iam:ListInstanceProfiles", Resource = "*" },
    ]
  })
}

# Made here and not by Karpenter, which so needs no right to make profiles.
resource "aws_iam_instance_profile" "node" {
  name = "${var.name}-karpenter-node"
  role = var.node_role_name
}
