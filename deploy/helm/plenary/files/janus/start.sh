#!/bin/bash
# Writes Janus's configuration for this node, as docs/operate/janus.md has it, and becomes Janus.
set -euo pipefail
. "$(dirname "$0")/address.sh"
plain API_SECRET; plain ROOMS_KEY; plain ADMIN_SECRET
address=$(public_address) || true
[[ $address =~ ^[0-9a-fA-F.:]+$ ]] || { echo "no public address: $PUBLIC_ADDRESS gave “$address”" >&2; exit 1; }
etc=${RUN_FOLDER:-/run/janus}
lib=$(dirname "$(ls -d /usr/lib/*/janus/plugins | head -1)")
umask 077
mkdir -p "$etc"

cat >"$etc/janus.jcfg" <<END
general: {
    configs_folder = "$etc"
    plugins_folder = "$lib/plugins"
    transports_folder = "$lib/transports"
    events_folder = "$lib/events"
    loggers_folder = "$lib/loggers"
    log_to_stdout = true
    debug_level = 4
    debug_colors = false
    api_secret = "$API_SECRET"
    admin_secret = "$ADMIN_SECRET"
    session_timeout = 60
    reclaim_session_timeout = 20
    event_loops = $EVENT_LOOPS
    server_name = "$NODE_NAME"
}
media: {
    rtp_port_range = "$FIRST_PORT-$LAST_PORT"
    min_nack_queue = 500
}
nat: {
    nat_1_1_mapping = "$address"
    keep_private_host = $([ "$address" = "$NODE_ADDRESS" ] && echo false || echo true)
    ignore_mdns = true
    full_trickle = false
}
plugins: { disable = "$(cd "$lib/plugins" && ls ./*.so | grep -v videoroom | sed 's|^\./||' | paste -sd, -)" }
transports: { disable = "$(cd "$lib/transports" && ls ./*.so | grep -Ev 'websockets|_http' | sed 's|^\./||' | paste -sd, -)" }
END

cat >"$etc/janus.plugin.videoroom.jcfg" <<END
general: {
    admin_key = "$ROOMS_KEY"
    lock_rtp_forward = true
    string_ids = true
}
END

# The API for processes of Plenary, at the node's private address. Security groups keep everybody else away.
cat >"$etc/janus.transport.websockets.jcfg" <<END
general: {
    json = "compact"
    ws = true
    ws_port = ${API_PORT:-8188}
    ws_ip = "$NODE_ADDRESS"
    wss = false
}
admin: { admin_ws = false }
END

# What probes and the drain ask, on this machine only.
cat >"$etc/janus.transport.http.jcfg" <<END
general: { http = false, https = false }
admin: {
    json = "compact"
    admin_http = true
    admin_base_path = "/admin"
    admin_port = ${ADMIN_PORT:-7088}
    admin_ip = "127.0.0.1"
    admin_https = false
}
END

ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge 65536 ] || echo "only $(ulimit -n) descriptors: a connection takes five" >&2
exec /usr/bin/janus --configs-folder="$etc" --config="$etc/janus.jcfg"
