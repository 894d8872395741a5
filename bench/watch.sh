#!/usr/bin/env bash
# Measures what watching costs media: the same calls, alone and while somebody reads every event and once a second lists all
# sessions over the admin socket. The daemon is pinned to the first processor, the load to the others. Loopback only; a run of
# the default size takes about two minutes and stops by itself. Options are passed on:
#   --sessions N   sessions that carry media (default 500)
#   --idle N       sessions besides them that carry nothing (default 4000; a session takes four descriptors)
#   --seconds N    measured time of each round (default 10)
#   --rounds N     (default 3)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v taskset >/dev/null || { echo "watch.sh: taskset is missing, install the package util-linux" >&2; exit 1; }
[ -x artifacts/publish/rtpproxy ] || ./publish.sh >/dev/null
dotnet build bench/Load -c Release -v quiet --nologo
ulimit -n "$(ulimit -Hn)"
exec dotnet artifacts/bin/RtpProxy.Load/release/RtpProxy.Load.dll watch --rtpproxy artifacts/publish/rtpproxy "$@"
