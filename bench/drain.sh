#!/usr/bin/env bash
# Takes one of two relays away while calls come through Debian's Kamailio and its rtpengine module, with SIPp at both ends: each call is offered
# anew once and lasts three seconds. Says how many calls failed, how many were with which relay, and how many had to change it. Loopback only.
#   --rate N          calls per second (default 100)
#   --seconds N       for so long (default 10); the event is in the middle
#   --events LIST     of nothing, drain (SIGHUP), kill (SIGKILL), and with --keep kept-kill (SIGKILL) and upgrade (SIGUSR2) (default: all)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rate=100 seconds=10 events=nothing,drain,kill,kept-kill,upgrade
while [ $# -gt 1 ]; do
  case $1 in
    --rate) rate=$2 ;;
    --seconds) seconds=$2 ;;
    --events) events=$2 ;;
    *) break ;;
  esac
  shift 2
done
[ $# -eq 0 ] || { sed -n '2,6s/^# *//p' "$0" >&2; exit 2; }

.ci/install kamailio sip-tester
[ -n "${RTPPROXY:-}" ] || [ -x artifacts/publish/rtpproxy ] || ./publish.sh >/dev/null
rtpproxy=${RTPPROXY:-artifacts/publish/rtpproxy}

work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$work"' EXIT
failed=0

relay() { # NAME ADDRESS OPTIONS...
  "$rtpproxy" -f -F -l "$2" -s "unix:$work/$1.sock" --ng "udp:$2:2223" -p "$work/$1.pid" -m 10000 -M 30000 -d warn "${@:3}" 2>"$work/$1.log" &
}

play() { # EVENT
  local keep=() first second kamailio callee verdict=0
  case $1 in kept-kill | upgrade) keep=(--keep) ;; esac
  rm -f "$work"/*.log
  relay first 127.0.63.1 "${keep[@]}"
  first=$!
  relay second 127.0.63.2 "${keep[@]}"
  second=$!
  sleep 1
  mkdir -p "$work/kamailio"
  kamailio -DD -E -f samples/kamailio/ng-relays.cfg -Y "$work/kamailio" -P "$work/kamailio.pid" -m 64 -M 8 \
    -A LISTEN=udp:127.0.63.3:5060 -A 'RELAYS="udp:127.0.63.1:2223 udp:127.0.63.2:2223"' -A "CTL=\"unix:$work/ctl\"" >"$work/kamailio.log" 2>&1 &
  kamailio=$!
  sleep 1
  sipp -sf tests/EndToEnd/Kamailio/stream-callee.xml -i 127.0.63.4 -p 5060 -ci 127.0.0.1 -nostdin >/dev/null 2>&1 &
  callee=$!
  sipp -sf tests/EndToEnd/Kamailio/stream-caller.xml -i 127.0.63.5 -p 5060 -ci 127.0.0.1 -nostdin -key target 127.0.63.4:5060 \
    -r "$rate" -m $((rate * seconds)) -l $((rate * 30)) -timeout $((seconds + 40))s \
    -trace_err -error_file "$work/errors.log" -trace_logs -log_file "$work/changed.log" -trace_stat -stf "$work/stat.csv" 127.0.63.3:5060 >/dev/null 2>&1 &
  local caller=$!
  sleep $((seconds / 2))
  case $1 in
    drain) kill -HUP "$first" ;;
    kill) { kill -KILL "$first" && wait "$first" || true; } 2>/dev/null ;;
    upgrade) kill -USR2 "$first" ;;
    kept-kill) kill -KILL "$(cut -d' ' -f1 "/proc/$first/task/$first/children")" ;;
  esac
  wait "$caller" || verdict=$?
  if [ "$verdict" -ne 0 ]; then
    failed=1
    grep -m 3 -A 1 -E 'Aborting|timeout' "$work/errors.log" || true
    grep -m 5 ERROR "$work/kamailio.log" || true
  fi
  local refused
  refused=$(tail -1 "$work/stat.csv" | cut -d';' -f18)
  awk -v event="$1" -v verdict="$verdict" -v refused="$refused" '
    { n++; with[$2]++ } $2 != $3 { moved[$2 " to " $3]++ }
    END {
      printf "%-10s SIPp says %d, %s failed; %d were offered anew: ", event, verdict, refused, n
      for (relay in with) printf "%d began with %s, ", with[relay], relay
      for (way in moved) printf "%d went from %s, ", moved[way], way
      print "all others stayed"
    }' "$work/changed.log"
  kill "$callee" "$kamailio" "$first" "$second" 2>/dev/null || true
  { wait "$callee" "$kamailio" "$first" "$second" || true; } 2>/dev/null
}

for event in ${events//,/ }; do
  play "$event"
done
exit "$failed"
