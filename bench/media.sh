#!/usr/bin/env bash
# Measures what recording and playing cost: the same calls with and without a recording of each party, and prompts played
# to many listeners against as many relayed streams. The daemon is pinned to the first processor, the load to the others.
# Loopback only; a run of the default size takes about two minutes and stops by itself. Options are passed on:
#   --recordings N   calls that are recorded, both parties (default 500; 0: leave it out)
#   --players N      prompts played at once, packets of 20 ms (default 1000; 0: leave it out)
#   --seconds N      measured time of each load and round (default 10)
#   --rounds N       (default 3)
#   --pcap           record in pcap format
#   --directory DIR  where recordings are written and removed again (default artifacts/bench)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v taskset >/dev/null || { echo "media.sh: taskset is missing, install the package util-linux" >&2; exit 1; }
[ -x artifacts/publish/rtpproxy ] || ./publish.sh >/dev/null
mkdir -p artifacts/bench
dotnet build bench/Load -c Release -v quiet --nologo
ulimit -n "$(ulimit -Hn)"
exec dotnet artifacts/bin/RtpProxy.Load/release/RtpProxy.Load.dll media \
  --rtpproxy artifacts/publish/rtpproxy --directory artifacts/bench "$@"
