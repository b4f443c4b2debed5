output "cluster_name" {
  description = "aws eks update-kubeconfig --name <this>."
  value       = module.eks.name
}

output "role_arns" {
  description = "IRSA roles by service account, for the values of the charts."
  value       = merge({ for name, role in module.role : name => role.arn }, { karpenter = module.node_pools.controller_role_arn })
}

output "karpenter_manifests" {
  description = "For the pipeline: terraform output -raw karpenter_manifests | kubectl apply -f -."
  value       = module.node_pools.manifests
}

output "interruption_queue" {
  description = "Karpenter's setting interruptionQueue."
  value       = module.node_pools.interruption_queue
}

output "database_host" {
  description = "The Host of ConnectionStrings:Db."
  value       = module.aurora.writer_endpoint
}

output "database_administrator_secret" {
  description = "With whose help the program's own user is made, once."
  value       = module.aurora.administrator_secret_arn
}

output "data_volume" {
  description = "The shared folder: volumeHandle of a PersistentVolume of efs.csi.aws.com."
  value       = "${module.storage_cdn.data_file_system_id}::${module.storage_cdn.data_access_point_id}"
}

output "app_certificate_arn" {
  description = "For the ingress."
  value       = module.dns_tls.app_certificate_arn
}

output "media_url" {
  description = "Media:PublicUrl."
  value       = module.storage_cdn.media_url
}

output "backup_bucket" {
  description = "Where backups go."
  value       = module.storage_cdn.backup_bucket
}

output "archive_bucket" {
  description = "Where recordings may be moved to."
  value       = module.storage_cdn.archive_bucket
}

output "registry_urls" {
  description = "Where the pipeline pushes images and charts; null where they come from another environment's."
  value       = one(module.registry[*].urls)
}

output "name_servers" {
  description = "To be set where the domain was bought, when the zone was made here."
  value       = module.dns_tls.name_servers
}

output "remote_write_url" {
  description = "For Prometheus, when there is a workspace."
  value       = module.observability.remote_write_url
}
