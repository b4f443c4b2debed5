output "manifests" {
  description = "EC2NodeClass and NodePool of each pool, as YAML: the pipeline applies them."
  value       = join("---\n", values(local.manifests))
}

output "controller_role_arn" {
  description = "For Karpenter's service account."
  value       = module.controller_role.arn
}

output "interruption_queue" {
  description = "For Karpenter's setting interruptionQueue, and for the alarm."
  value       = aws_sqs_queue.interruptions.name
}
