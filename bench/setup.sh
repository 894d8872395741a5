#!/usr/bin/env bash
# Compares what setting up and ending a call costs: this relay over RTPproxy's protocol and over ng, and Debian's rtpengine, taking turns in
# one run, pinned to the first processor while who commands them is on the second. Loopback only. Options are passed on: --calls N --rounds N
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

.ci/install util-linux rtpengine-daemon

[ -x artifacts/publish/rtpproxy ] || ./publish.sh >/dev/null
dotnet build bench/Load -c Release -v quiet --nologo
exec dotnet artifacts/bin/RtpProxy.Load/release/RtpProxy.Load.dll setup --rtpproxy artifacts/publish/rtpproxy "$@"
