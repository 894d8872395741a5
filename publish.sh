#!/usr/bin/env bash
# Publishes every executable into one folder: self-contained single files that need no .NET on the target machine.
# Usage: ./publish.sh [DIR]     (default: artifacts/publish)
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
output=${1:-$root/artifacts/publish}
mkdir -p -- "$output"

case $(uname -m) in
  x86_64) runtime=linux-x64 ;;
  aarch64) runtime=linux-arm64 ;;
  *)
    echo "publish.sh: no runtime for $(uname -m)" >&2
    exit 1
    ;;
esac

# The SDK and its packages live in $HOME; where that is missing or cannot be written, beside what is built.
if [[ ! -w ${HOME:-} ]]; then
  export DOTNET_CLI_HOME=$root/artifacts/home NUGET_PACKAGES=$root/artifacts/home/packages
  mkdir -p -- "$NUGET_PACKAGES"
fi

# Published aside, so that only the executables reach DIR, and nothing that lies there is touched.
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

publish() {
  local project=$1 executable=$2
  dotnet publish "$root/src/$project" -c Release -r "$runtime" --self-contained -o "$work" -v quiet --nologo \
    -p:PublishSingleFile=true -p:PublishTrimmed=true -p:PublishReadyToRun=true -p:DebugType=none
  install -m 0755 -- "$work/$executable" "$output/$executable"
}

publish Daemon rtpproxy
publish MakeAnn makeann
publish ExtractAudio extractaudio
publish Ctl rtpproxyctl
publish SipEdge sipedge

ls -l -- "$output"
