# terraform init -backend-config=backend.hcl; the bucket is made once, by hand (docs/operate/aws.md).
bucket = "plenary-development-terraform-state"
key    = "platform.tfstate"
region = "eu-central-1"
