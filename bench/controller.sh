#!/usr/bin/env bash
# What the controller side costs, in one run on one machine: round trips per second of RelayClient against the published
# daemon with 1, 10 and 100 commands in flight, then SIPp's calls per second through Kamailio with its rtpproxy module and
# through sipedge, both with the same daemon and the same scenario. Loopback only; about a minute; stops by itself.
#
#   bench/controller.sh [--seconds N] [--calls N] [--at-once N] [--rounds N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=3 calls=3000 at_once=50 rounds=2
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=$2 ;;
    --calls) calls=$2 ;;
    --at-once) at_once=$2 ;;
    --rounds) rounds=$2 ;;
    *) echo "controller.sh: unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done

for program in kamailio sipp; do
  command -v "$program" >/dev/null || { echo "controller.sh: $program is missing; ./test.sh installs it" >&2; exit 1; }
done
[ -x artifacts/publish/rtpproxy ] && [ -x artifacts/publish/sipedge ] || ./publish.sh >/dev/null
dotnet build bench/Controller -c Release -v quiet --nologo >/dev/null

work=$(mktemp -d)
finish() {
  local running
  running=$(jobs -p)
  [ -z "$running" ] || kill $running 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

# Waits until something listens on a UDP port.
await_port() {
  for _ in $(seq 100); do
    [ -z "$(ss -Hlun "sport = :$1")" ] || return 0
    sleep 0.1
  done
  echo "controller.sh: nothing listens on port $1" >&2
  exit 1
}

# Ports that the kernel has free now.
read -r relay_port tcp_port proxy_port uac_port uas_port < <(python3 - <<'PY'
import socket
held = []
for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_DGRAM, socket.SOCK_DGRAM):
    s = socket.socket(socket.AF_INET, kind)
    s.bind(("127.0.0.1", 0))
    held.append(s)
print(*(s.getsockname()[1] for s in held))
PY
)

ulimit -n "$(ulimit -Hn)"
artifacts/publish/rtpproxy -f -F -l 127.0.0.1 -p "$work/rtpproxy.pid" -m 20000 -M 60000 -d err \
  -s "udp:127.0.0.1:$relay_port" -s "unix:$work/relay.sock" -s "tcp:127.0.0.1:$tcp_port" &
await_port "$relay_port"

echo "## RelayClient against rtpproxy"
dotnet artifacts/bin/RtpProxy.ControllerLoad/release/RtpProxy.ControllerLoad.dll "$seconds" \
  "udp:127.0.0.1:$relay_port" "unix:$work/relay.sock" "tcp:127.0.0.1:$tcp_port"

# The scenarios of the tests, without the time that parties talk.
for end in uac uas; do
  sed 's/<pause[^>]*>//' "tests/SipEdge.Tests/Sipp/$end-call.xml" >"$work/$end.xml"
done
sed "s/@PORT@/$proxy_port/; s/@NEXT@/$uas_port/; s/@RELAY@/udp:127.0.0.1:$relay_port/" bench/Controller/kamailio.cfg >"$work/kamailio.cfg"
cat >"$work/edge.json" <<JSON
{
  "listen": [{ "address": "127.0.0.1", "port": $proxy_port }],
  "authentication": "none",
  "trusted": ["127.0.0.1"],
  "nextHop": "sip:127.0.0.1:$uas_port",
  "relays": { "sockets": ["udp:127.0.0.1:$relay_port"] },
  "log": "error"
}
JSON

# CPU ticks that a process and its children have used so far.
ticks() {
  local pid total=0
  for pid in "$1" $(pgrep -P "$1" || true); do
    total=$((total + $(awk '{ print $14 + $15 }' "/proc/$pid/stat" 2>/dev/null || echo 0)))
  done
  echo "$total"
}

sipp_end() { sipp "$@" -i 127.0.0.1 -nostdin -timeout 60s -timeout_error >/dev/null 2>&1; }

# Plays the calls through the proxy that runs as process $2, and prints a line of the table.
play() {
  local name=$1 pid=$2 before after begin end
  sipp_end -sf "$work/uas.xml" -p "$uas_port" &
  local uas=$!
  await_port "$uas_port"
  before=$(ticks "$pid")
  begin=$(date +%s.%N)
  local result="all done"
  sipp_end "127.0.0.1:$proxy_port" -sf "$work/uac.xml" -p "$uac_port" -r 100000 -l "$at_once" -m "$calls" || result="FAILED"
  end=$(date +%s.%N)
  after=$(ticks "$pid")
  kill "$uas" 2>/dev/null || true
  wait "$uas" 2>/dev/null || true
  awk -v name="$name" -v calls="$calls" -v begin="$begin" -v end="$end" -v used="$((after - before))" -v hz="$(getconf CLK_TCK)" \
    -v result="$result" 'BEGIN { printf "| %s | %.0f | %.2f | %s |\n", name, calls / (end - begin), used * 1000 / hz / calls, result }'
}

echo
echo "## $calls calls, $at_once at once (INVITE, 180, 200, ACK, BYE, 200)"
echo "| proxy | calls/s | ms of its CPU per call | result |"
echo "|---|---|---|---|"
for _ in $(seq "$rounds"); do
  kamailio -f "$work/kamailio.cfg" -DD -E -m 128 -M 8 -Y "$work" -w "$work" >/dev/null 2>&1 &
  kamailio=$!
  await_port "$proxy_port"
  play "Kamailio, rtpproxy module" "$kamailio"
  kill "$kamailio"
  wait "$kamailio" 2>/dev/null || true

  artifacts/publish/sipedge "$work/edge.json" 2>"$work/edge.log" &
  edge=$!
  await_port "$proxy_port"
  play "sipedge" "$edge"
  kill "$edge"
  wait "$edge" 2>/dev/null || true
done
