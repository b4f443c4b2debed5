# Manifests for the pipeline: terraform output -raw karpenter_manifests | kubectl apply -f -
locals {
  values = {
    cluster_name     = var.cluster_name
    instance_profile = aws_iam_instance_profile.node.name
    architecture     = var.architecture
    surge            = var.surge
    media            = var.media
  }
  manifests = merge(
    { surge = templatefile("${path.module}/manifests/surge.yaml.tftpl", local.values) },
    var.media == null ? {} : { media = templatefile("${path.module}/manifests/media.yaml.tftpl", local.values) },
  )
}
