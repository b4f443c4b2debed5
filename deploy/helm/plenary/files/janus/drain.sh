#!/bin/bash
# Before Janus is stopped: no new sessions, and a wait until the last connection has ended or moved to another server. Plenary sees the
# first and moves calls by itself. Kubernetes ends the wait after terminationGracePeriodSeconds.
set -uo pipefail

# What the admin API says to one request. $1: path, $2: members of the request.
ask() {
  local body="{\"transaction\":\"drain\",\"admin_secret\":\"$ADMIN_SECRET\",$2}"
  exec 3<>"/dev/tcp/127.0.0.1/${ADMIN_PORT:-7088}" || return 1
  printf 'POST /admin%s HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "$1" "${#body}" "$body" >&3
  cat <&3
  exec 3>&-
}

# Numbers of the list called $1 in an answer.
numbers() { tr -d '\n' | grep -o "\"$1\" *: *\[[^]]*\]" | grep -oE '[0-9]+' || true; }

connections() {
  local session
  for session in $(ask "" '"janus":"list_sessions"' | numbers sessions); do
    ask "/$session" '"janus":"list_handles"' | numbers handles
  done | wc -l
}

ask "" '"janus":"accept_new_sessions","accept":false' >/dev/null || exit 0 # it is gone already
# For Plenary to hear of it, which asks every few seconds.
sleep "${NOTICE_SECONDS:-10}"
while left=$(connections); [ "$left" -gt 0 ]; do
  echo "waiting for $left connections"
  sleep "${ASK_SECONDS:-5}"
done
