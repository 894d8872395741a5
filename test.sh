#!/usr/bin/env bash
# Installs what the tests need, builds, checks the formatting, and runs every test: units and conversations, black-box
# tests of the published executables, and real calls through Kamailio with SIPp. The last line sums up.
#
#   ./test.sh                 everything
#   ./test.sh Relay.Tests     only these test projects (names below tests/)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

packages=(
  kamailio sip-tester                                           # real calls
  tcpdump tshark                                                # recordings are read back by others' tools
  libgsm1 libbcg729-0 libspandsp2 libsndfile1 libsoxr0 libsrtp2-1 # codecs of makeann and extractaudio
  chromium prometheus                                           # the page and the metrics of rtpproxywatch (promtool)
  zsh fish                                                      # completion of rtpproxyctl
  mandoc                                                        # the manual pages
  debootstrap debian-archive-keyring dpkg-dev lintian           # the Debian packages
  rtpengine-utils                                               # a client of the ng protocol
  netcat-openbsd procps util-linux iproute2
)

# The client of the ng protocol that programs of Node have. Where npm cannot be reached its tests are skipped.
fetch_npm_client() {
  command -v npm >/dev/null || .ci/install npm
  mkdir -p artifacts/npm
  cp -r tests/Watch.Tests/Ng/NpmClient/. artifacts/npm
  npm ci --prefix artifacts/npm --ignore-scripts --no-audit --no-fund --loglevel=error >&2 || rm -rf artifacts/npm/node_modules
}

passed=0
failed=0

# Runs one test project and adds its figures up. A project that dies without a summary counts as one failure.
run_project() {
  local name=$1 log status=0 total
  log=$(mktemp)
  echo "== $name"
  dotnet test --project "tests/$name" -c Release --no-build --no-progress >"$log" 2>&1 || status=$?
  total=$(sed -n 's/^ *total: *\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  local ok bad
  ok=$(sed -n 's/^ *succeeded: *\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  bad=$(sed -n 's/^ *failed: *\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  if [ -z "$total" ] || { [ "$status" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; }; then
    bad=$((${bad:-0} + 1))
  fi
  [ "${bad:-0}" -eq 0 ] || cat "$log"
  echo "   ${ok:-0} passed, ${bad:-0} failed"
  passed=$((passed + ${ok:-0}))
  failed=$((failed + ${bad:-0}))
  rm -f "$log"
}

.ci/install "${packages[@]}"
fetch_npm_client
echo "== build"
dotnet restore RtpProxy.slnx --locked-mode -v quiet
dotnet build RtpProxy.slnx -c Release --no-restore -v quiet --nologo
echo "== format"
dotnet format RtpProxy.slnx --verify-no-changes --no-restore
echo "== publish"
./publish.sh >/dev/null
export RTPPROXY_PUBLISHED="$PWD/artifacts/publish"

if [ $# -gt 0 ]; then
  projects=("$@")
else
  # Real calls come last: they want the processors for themselves.
  projects=()
  for project in tests/*/*.csproj; do
    name=$(basename "$(dirname "$project")")
    case $name in TestKit | EndToEnd) ;; *) projects+=("$name") ;; esac
  done
  projects+=(EndToEnd)
fi
for project in "${projects[@]}"; do
  run_project "$project"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
