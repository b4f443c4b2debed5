#!/bin/bash
# Writes coturn's configuration for this node, as docs/operate/turn.md has it, and becomes coturn.
set -euo pipefail
. "$(dirname "$0")/address.sh"
plain TURN_SECRET
address=$(public_address) || true
[[ $address =~ ^[0-9a-fA-F.:]+$ ]] || { echo "no public address: $PUBLIC_ADDRESS gave “$address”" >&2; exit 1; }
run=${RUN_FOLDER:-/run/turn}
umask 077
mkdir -p "$run"
{
  cat <<END
listening-ip=$NODE_ADDRESS
relay-ip=$NODE_ADDRESS
listening-port=${TURN_PORT:-3478}
min-port=${FIRST_PORT:-49152}
max-port=${LAST_PORT:-65535}
realm=$REALM
use-auth-secret
static-auth-secret=$TURN_SECRET
fingerprint
no-cli
no-multicast-peers
no-tcp-relay
no-software-attribute
stale-nonce=600
user-quota=30
total-quota=1200
simple-log
log-file=stdout
userdb=$run/db
pidfile=$run/pid
denied-peer-ip=10.0.0.0-10.255.255.255
denied-peer-ip=172.16.0.0-172.31.255.255
denied-peer-ip=192.168.0.0-192.168.255.255
denied-peer-ip=100.64.0.0-100.127.255.255
denied-peer-ip=127.0.0.0-127.255.255.255
denied-peer-ip=169.254.0.0-169.254.255.255
denied-peer-ip=::1
denied-peer-ip=fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
END
  [ "$address" = "$NODE_ADDRESS" ] || echo "external-ip=$address/$NODE_ADDRESS"
  for peers in ${ALLOWED_PEERS:-}; do echo "allowed-peer-ip=$peers"; done
  if [ -f /tls/tls.crt ]; then printf '%s\n' tls-listening-port=5349 cert=/tls/tls.crt pkey=/tls/tls.key no-tlsv1 no-tlsv1_1; else printf '%s\n' no-tls no-dtls; fi
} >"$run/turnserver.conf"
exec /usr/bin/turnserver -c "$run/turnserver.conf"
