output "name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "arn" {
  description = "The cluster, for policies."
  value       = aws_eks_cluster.this.arn
}

output "endpoint" {
  description = "The API server."
  value       = aws_eks_cluster.this.endpoint
}

output "security_group_id" {
  description = "The security group of the control plane and all nodes."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "oidc_provider_arn" {
  description = "For IRSA roles."
  value       = aws_iam_openid_connect_provider.this.arn
}

output "oidc_issuer" {
  description = "For IRSA roles: the issuer without https://."
  value       = local.issuer
}

output "node_role_name" {
  description = "The role of nodes, which Karpenter gives its own, too."
  value       = aws_iam_role.node.name
}

output "node_role_arn" {
  description = "The same, for iam:PassRole."
  value       = aws_iam_role.node.arn
}
