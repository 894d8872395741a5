#!/usr/bin/env bash
# Lets calls come and go for an hour while their relay is killed at random moments, and says what became of them: nothing, or every
# fault by name. Loopback only. Options are passed on:
#   --minutes N       (default 60)
#   --calls N         at a time, 50 packets per second each way (default 200)
#   --events LIST     of kill, upgrade, stop, rest, keeper-rests, upgrade-kill (default: kill)
#   --between A-B     seconds from one to the next (default 16-26; five deaths within a minute cost a call)
#   --other PROGRAM   upgrades go from the published daemon to this one and back
#   --recorded        every call is recorded
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ -x artifacts/publish/rtpproxy ] || ./publish.sh >/dev/null
dotnet build bench/Load -c Release -v quiet --nologo
ulimit -n "$(ulimit -Hn)"
exec dotnet artifacts/bin/RtpProxy.Load/release/RtpProxy.Load.dll endurance --rtpproxy artifacts/publish/rtpproxy "$@"
