# What every cluster needs. Those a node cannot become ready without come before the nodes, the others after them.
resource "aws_eks_addon" "before_nodes" {
  for_each = {
    # Enforces the chart's NetworkPolicies, and gives nodes whole blocks of addresses, so that many pods can start at once.
    vpc-cni    = jsonencode({ enableNetworkPolicy = "true", env = { ENABLE_PREFIX_DELEGATION = "true", WARM_PREFIX_TARGET = "1" } })
    kube-proxy = null
  }

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  configuration_values        = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "PRESERVE"
}

resource "aws_eks_addon" "after_nodes" {
  for_each = {
    coredns            = null
    metrics-server     = null
    aws-ebs-csi-driver = module.storage_role["ebs"].arn
    aws-efs-csi-driver = module.storage_role["efs"].arn
  }

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  service_account_role_arn    = each.value
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "PRESERVE"

  depends_on = [aws_eks_node_group.base]
}

module "storage_role" {
  source = "../irsa"

  for_each = {
    ebs = { service_account = "ebs-csi-controller-sa", policy = "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy" }
    efs = { service_account = "efs-csi-controller-sa", policy = "arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy" }
  }

  name                = "${var.name}-${each.key}-driver"
  oidc_provider_arn   = aws_iam_openid_connect_provider.this.arn
  oidc_issuer         = local.issuer
  namespace           = "kube-system"
  service_account     = each.value.service_account
  has_policy          = false
  managed_policy_arns = [each.value.policy]
}
