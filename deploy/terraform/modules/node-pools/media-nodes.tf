# Janus is reached by people directly, by UDP (docs/operate/janus.md): nodes with public addresses, and nothing but these ports open to the world.
resource "aws_security_group" "media" {
  count       = var.media == null ? 0 : 1
  name        = "${var.name}-media-nodes"
  description = "WebRTC from people to media nodes"
  vpc_id      = var.vpc_id
  tags        = { "plenary.events/media-nodes" = var.cluster_name }
}

resource "aws_vpc_security_group_ingress_rule" "media" {
  count             = var.media == null ? 0 : 1
  security_group_id = aws_security_group.media[0].id
  description       = "WebRTC"
  cidr_ipv4         = "0.0.0.0/0"
  from_port         = var.media.udp_ports.from
  to_port           = var.media.udp_ports.to
  ip_protocol       = "udp"
}
