#!/usr/bin/env bash
# Times the operations of the packet path and of the control path, one by one and without a kernel, and shows what they
# allocate (allowed: bench/budgets.json). About two minutes. Options go to BenchmarkDotNet: --filter '*Relay*', --list flat
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet build bench/Micro -c Release -v quiet --nologo
[ $# -gt 0 ] || set -- --filter '*'
exec dotnet artifacts/bin/RtpProxy.Micro/release/RtpProxy.Micro.dll "$@"
