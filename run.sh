#!/usr/bin/env bash
# Builds the daemon and its watcher, and starts them in the foreground on sockets that need no privileges.
# Arguments are passed on: ./run.sh -m 20000 -M 20998, or -s cunix:/run/user/1000/other.sock to use that socket instead.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
directory=${XDG_RUNTIME_DIR:-/tmp}
[[ -d $directory && -w $directory ]] || directory=/tmp
socket=$directory/rtpproxy.sock
udp=127.0.0.1:22222

# The program has no default control socket of its own choice once one is named: ours give way to the caller's.
defaults=(-f -p "$directory/rtpproxy.pid" -d info)
sockets=(-s "udp:$udp" -s "cunix:$socket")
watching=(--admin "unix:${socket%.sock}.admin.sock")
page=
for argument in "$@"; do
  [[ $argument == -s* ]] && sockets=()
  [[ $argument == --admin* || $argument == --http* || $argument == --otlp* ]] && watching=()
done
if [[ ${#watching[@]} -gt 0 ]]; then
  # The first port that nobody answers at.
  for port in {8880..8899}; do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      page=127.0.0.1:$port
      watching+=(--http "$page")
      break
    fi
  done
fi
[[ $(id -u) -eq 0 ]] && defaults+=(-F)

# The SDK and its packages live in $HOME; where that is missing or cannot be written, beside what is built.
if [[ ! -w ${HOME:-} ]]; then
  export DOTNET_CLI_HOME=$root/artifacts/home NUGET_PACKAGES=$root/artifacts/home/packages
  mkdir -p -- "$NUGET_PACKAGES"
fi

for project in Daemon Watch; do
  dotnet build "$root/src/$project" -c Release -v quiet --nologo >&2
done

{
  echo "rtpproxy runs in the foreground; Ctrl-C ends it. To try it, in another terminal:"
  if [[ ${#sockets[@]} -gt 0 ]]; then
    echo "  echo V | nc -N -U $socket                                 # 20040107"
    echo "  echo 'U call1 127.0.0.1 40000 alice' | nc -N -U $socket   # a port for the caller"
    echo "  echo 'c1 I' | nc -u -w1 ${udp/:/ }                             # the same over UDP, with a cookie"
  else
    echo "  (control sockets as given: $*)"
  fi
  [[ -z $page ]] || echo "Its calls, and how they fare: http://$page/"
} >&2

# No doors for debuggers in /tmp, unless asked for.
export DOTNET_EnableDiagnostics=${DOTNET_EnableDiagnostics:-0}
# Where the daemon finds its watcher.
export PATH=$root/artifacts/bin/RtpProxy.Watch/release:$PATH
exec "$root/artifacts/bin/RtpProxy.Daemon/release/rtpproxy" "${defaults[@]}" ${sockets[@]+"${sockets[@]}"} \
  ${watching[@]+"${watching[@]}"} "$@"
