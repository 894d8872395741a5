#!/usr/bin/env bash
# Measures what calls notice when their relay is upgraded, killed, or stopped for three seconds and then killed, while its keeper
# holds their sockets: calls and packets lost, how long packets waited, and the longest time without one. Loopback only; the default takes about half
# a minute. Options are passed on:
#   --calls N         50 packets per second each way (default 1000)
#   --workers N       threads of the relay that carry packets (default: as many as processors, as the relay has it)
#   --events LIST     of nothing, upgrade, kill, stop, rest, keeper-rests, upgrade-kill (default: the first four)
#   --repeat N        the whole list so often (default 1)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ -x artifacts/publish/rtpproxy ] || ./publish.sh >/dev/null
dotnet build bench/Load -c Release -v quiet --nologo
ulimit -n "$(ulimit -Hn)"
exec dotnet artifacts/bin/RtpProxy.Load/release/RtpProxy.Load.dll continuity --rtpproxy artifacts/publish/rtpproxy "$@"
