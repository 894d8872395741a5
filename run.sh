#!/usr/bin/env bash
# Builds the daemon and starts it in the foreground on sockets that need no privileges.
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
for argument in "$@"; do
  [[ $argument == -s* ]] && sockets=()
done
[[ $(id -u) -eq 0 ]] && defaults+=(-F)

# The SDK and its packages live in $HOME; where that is missing or cannot be written, beside what is built.
if [[ ! -w ${HOME:-} ]]; then
  export DOTNET_CLI_HOME=$root/artifacts/home NUGET_PACKAGES=$root/artifacts/home/packages
  mkdir -p -- "$NUGET_PACKAGES"
fi

dotnet build "$root/src/Daemon" -c Release -v quiet --nologo >&2

{
  echo "rtpproxy runs in the foreground; Ctrl-C ends it. To try it, in another terminal:"
  if [[ ${#sockets[@]} -gt 0 ]]; then
    echo "  echo V | nc -N -U $socket                                 # 20040107"
    echo "  echo 'U call1 127.0.0.1 40000 alice' | nc -N -U $socket   # a port for the caller"
    echo "  echo 'c1 I' | nc -u -w1 ${udp/:/ }                             # the same over UDP, with a cookie"
  else
    echo "  (control sockets as given: $*)"
  fi
} >&2

# No doors for debuggers in /tmp, unless asked for.
export DOTNET_EnableDiagnostics=${DOTNET_EnableDiagnostics:-0}
exec "$root/artifacts/bin/RtpProxy.Daemon/release/rtpproxy" "${defaults[@]}" ${sockets[@]+"${sockets[@]}"} "$@"
