output "cluster_name" {
  description = "aws eks update-kubeconfig --name <this>."
  value       = module.platform.cluster_name
}

output "role_arns" {
  description = "IRSA roles by service account, for the values of the charts."
  value       = module.platform.role_arns
}

output "karpenter_manifests" {
  description = "For the pipeline: terraform output -raw karpenter_manifests | kubectl apply -f -."
  value       = module.platform.karpenter_manifests
}

output "interruption_queue" {
  description = "Karpenter's setting interruptionQueue."
  value       = module.platform.interruption_queue
}

output "database_host" {
  description = "The Host of ConnectionStrings:Db."
  value       = module.platform.database_host
}

output "database_administrator_secret" {
  description = "With whose help the program's own user is made, once."
  value       = module.platform.database_administrator_secret
}

output "data_volume" {
  description = "The shared folder: volumeHandle of a PersistentVolume of efs.csi.aws.com."
  value       = module.platform.data_volume
}

output "app_certificate_arn" {
  description = "For the ingress."
  value       = module.platform.app_certificate_arn
}

output "media_url" {
  description = "Media:PublicUrl."
  value       = module.platform.media_url
}

output "backup_bucket" {
  description = "Where backups go."
  value       = module.platform.backup_bucket
}

output "archive_bucket" {
  description = "Where recordings may be moved to."
  value       = module.platform.archive_bucket
}

output "registry_urls" {
  description = "Where the pipeline pushes images and charts; null where they come from another environment's."
  value       = module.platform.registry_urls
}

output "name_servers" {
  description = "To be set where the domain was bought, when the zone was made here."
  value       = module.platform.name_servers
}

output "remote_write_url" {
  description = "For Prometheus, when there is a workspace."
  value       = module.platform.remote_write_url
}
