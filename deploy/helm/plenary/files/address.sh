# Sourced by what starts media nodes: the address that browsers reach this machine by, from $PUBLIC_ADDRESS and $NODE_ADDRESS.

# An answer of the metadata service of EC2, which needs a token first.
metadata() {
  local method=$1 path=$2 header=$3
  exec 3<>"/dev/tcp/${METADATA_HOST:-169.254.169.254}/${METADATA_PORT:-80}" || return 1
  printf '%s %s HTTP/1.0\r\nHost: metadata\r\n%s\r\n\r\n' "$method" "$path" "$header" >&3
  tr -d '\r' <&3 | { read -r _ status _; [ "$status" = 200 ] && sed '1,/^$/d'; }
}

public_address() {
  case $PUBLIC_ADDRESS in
    node) echo "$NODE_ADDRESS" ;;
    imds)
      local token
      token=$(metadata PUT /latest/api/token 'X-aws-ec2-metadata-token-ttl-seconds: 60') || return 1
      metadata GET /latest/meta-data/public-ipv4 "X-aws-ec2-metadata-token: $token" ;;
    *) echo "$PUBLIC_ADDRESS" ;;
  esac
}

# A secret goes into a configuration file between quotes: it must not be able to end them.
plain() {
  [[ ${!1} =~ ^[A-Za-z0-9_-]{16,}$ ]] || { echo "$1 must have at least 16 characters, all of them letters, digits, - or _" >&2; exit 1; }
}
