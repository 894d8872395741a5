#!/usr/bin/env bash
# Compares what relaying costs: this relay, Debian's rtpengine in user space, and a bare receive-and-send loop, one after
# the other in one run, each pinned to the first processor while the load runs on the second. Loopback only; stops by
# itself. Options are passed on: --sessions N --seconds N --rounds N --relays ours,bare,rtpengine --calls N
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

.ci/install gcc libc6-dev util-linux rtpengine-daemon

[ -x artifacts/publish/rtpproxy ] || ./publish.sh >/dev/null
mkdir -p artifacts/bench
gcc -O2 -o artifacts/bench/bare bench/Load/bare.c
dotnet build bench/Load -c Release -v quiet --nologo
ulimit -n "$(ulimit -Hn)"
exec dotnet artifacts/bin/RtpProxy.Load/release/RtpProxy.Load.dll \
  --rtpproxy artifacts/publish/rtpproxy --bare artifacts/bench/bare "$@"
