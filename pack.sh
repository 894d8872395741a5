#!/usr/bin/env bash
# Makes the packages for .NET developers, with their symbols: RtpProxy.Controller and RtpProxy.Controller.Hosting. Both frameworks of a
# package must show the same to its users; given the packages of the last version, nothing that was there may be missing. One commit makes
# the same bytes wherever and whenever it is packed, from clones of the same origin: that is where debuggers fetch the sources (SourceLink).
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
usage="Usage: ./pack.sh [--against DIR] [DIR]     (default: artifacts/packages)"
last=
if [[ ${1:-} == --against ]]; then
  [[ -d ${2:-} ]] || { echo "--against '${2:-}': expected the directory with the packages of the last version" >&2; exit 2; }
  last=$(cd -- "$2" && pwd)
  shift 2
fi
case ${1:-} in
  -h | --help) echo "$usage"; exit 0 ;;
  -*) echo "'$1': $usage" >&2; exit 2 ;;
esac
[[ $# -le 1 ]] || { echo "'$2': $usage" >&2; exit 2; }

output=${1:-$root/artifacts/packages}
mkdir -p -- "$output"
version=$("$root/.ci/version")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/CHANGELOG.md")}
export SOURCE_DATE_EPOCH

case $(git -C "$root" remote get-url origin 2>/dev/null || true) in
  https://* | ssh://* | git@*) ;;
  *) echo "pack.sh: there is no 'origin' that others can reach: debuggers will not find the sources" >&2 ;;
esac

# What does not pass its validation must not lie where packages are taken from.
made=()
remove_what_failed() {
  [[ $? -eq 0 ]] || rm -f -- "${made[@]}"
}
trap remove_what_failed EXIT

# A build of its own: paths in what is shipped are those of the repository, not of this machine, which the daily build needs for debugging.
for project in Controller Controller.Hosting; do
  against=()
  if [[ -n $last ]]; then
    packages=("$last/RtpProxy.$project".[0-9]*.nupkg)
    [[ ${#packages[@]} -eq 1 && -f ${packages[0]} ]] || { echo "$last: expected one package of RtpProxy.$project" >&2; exit 2; }
    against=("-p:PackageValidationBaselinePath=${packages[0]}")
  fi
  rm -f -- "$output/RtpProxy.$project".[0-9]*.nupkg "$output/RtpProxy.$project".[0-9]*.snupkg
  made+=("$output/RtpProxy.$project.$version.nupkg" "$output/RtpProxy.$project.$version.snupkg")
  dotnet pack "$root/src/$project" -c Release -v quiet --nologo -o "$output" -p:Version="$version" \
    -p:ContinuousIntegrationBuild=true -p:PublishRepositoryUrl=true -p:ArtifactsPath="$root/artifacts/pack" "${against[@]}"
done

ls -l -- "$output"
