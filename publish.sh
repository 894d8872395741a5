#!/usr/bin/env bash
# Publishes every executable into one folder: native code for the machine at hand, x86-64 or arm64 (untested there), each a
# single file that needs no .NET where it runs, with its symbols beside it for debuggers (NAME.dbg).
# Usage: ./publish.sh [DIR]     (default: artifacts/publish)
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
output=${1:-$root/artifacts/publish}
mkdir -p -- "$output"

# Machine code is linked, and symbols are split off, by the system's own tools (gcc brings binutils).
"$root/.ci/install" gcc libc6-dev

# The SDK and its packages live in $HOME; where that is missing or cannot be written, beside what is built.
if [[ ! -w ${HOME:-} ]]; then
  export DOTNET_CLI_HOME=$root/artifacts/home NUGET_PACKAGES=$root/artifacts/home/packages
  mkdir -p -- "$NUGET_PACKAGES"
fi

# Published aside, so that nothing but the executables reaches DIR, nothing that lies there is touched, and one that runs is
# replaced instead of written to.
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# One build for all: what they share is compiled once, and the processors are kept busy.
dotnet publish "$root/Executables.slnf" -c Release -v quiet --nologo -p:PublishDir="$work/" -p:Version="$("$root/.ci/version")"

for executable in rtpproxy makeann extractaudio rtpproxyctl rtpproxywatch sipedge; do
  install -m 0755 -- "$work/$executable" "$output/$executable"
  install -m 0644 -- "$work/$executable.dbg" "$output/$executable.dbg"
done

ls -l -- "$output"
