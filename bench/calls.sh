#!/usr/bin/env bash
# Sets 5,000 calls up over the ng protocol, one after the other, whose parties speak from their answer on, and counts what is lost of what they say.
# One worker, loopback only, four ports and so four open files a call: where the hard limit of those (ulimit -Hn) is 20,000, 4,940 calls fit.
# Options are passed on:
#   --calls N         at the same time (default 5000; the ports suffice for 12,000)
#   --packets N       per second of each party (default 5, so that two processors have them to spare)
#   --seconds N       for which all are up (default 10)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ -x artifacts/publish/rtpproxy ] || ./publish.sh >/dev/null
dotnet build bench/Load -c Release -v quiet --nologo
ulimit -n "$(ulimit -Hn)"
exec dotnet artifacts/bin/RtpProxy.Load/release/RtpProxy.Load.dll calls --rtpproxy artifacts/publish/rtpproxy "$@"
