#!/usr/bin/env bash
# Makes the packages for .NET developers, with their symbols: RtpProxy.Controller and RtpProxy.Controller.Hosting. Both frameworks of a
# package must show the same to its users; given the packages of the last version, nothing that was there may be missing.
# Usage: ./pack.sh [--against DIR] [DIR]     (default: artifacts/packages)
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
last=
if [[ ${1:-} == --against ]]; then
  last=$(cd -- "$2" && pwd)
  shift 2
fi
output=${1:-$root/artifacts/packages}
mkdir -p -- "$output"
version=$("$root/.ci/version")

# A build of its own: paths in what is shipped are those of the repository, not of this machine, which the daily build needs for debugging.
for project in Controller Controller.Hosting; do
  against=()
  if [[ -n $last ]]; then
    packages=("$last/RtpProxy.$project".[0-9]*.nupkg)
    [[ ${#packages[@]} -eq 1 && -f ${packages[0]} ]] || { echo "$last: expected one package of RtpProxy.$project" >&2; exit 2; }
    against=("-p:PackageValidationBaselinePath=${packages[0]}")
  fi
  rm -f -- "$output/RtpProxy.$project".[0-9]*.nupkg "$output/RtpProxy.$project".[0-9]*.snupkg
  dotnet pack "$root/src/$project" -c Release -v quiet --nologo -o "$output" -p:Version="$version" \
    -p:ContinuousIntegrationBuild=true -p:PublishRepositoryUrl=true -p:ArtifactsPath="$root/artifacts/pack" "${against[@]}"
done

ls -l -- "$output"
