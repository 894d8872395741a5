#!/usr/bin/env bash
# What starting costs: for each of the daemons named, taking turns, the time from exec to the answer to its first command, and
# what it holds in memory a second later and with calls. Loopback only; stops by itself. To compare with an older one:
#   bench/start.sh [--rounds N] [--calls N] [RTPPROXY...]     (default: 15, 500, artifacts/publish/rtpproxy)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rounds=15 calls=500
while [[ ${1:-} == --* ]]; do
  case $1 in
    --rounds) rounds=$2 ;;
    --calls) calls=$2 ;;
    *) echo "start.sh: unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done
if [ $# -eq 0 ]; then
  [ -x artifacts/publish/rtpproxy ] || ./publish.sh >/dev/null
  set -- artifacts/publish/rtpproxy
fi

exec python3 - "$rounds" "$calls" "$@" <<'PY'
import os, socket, statistics, subprocess, sys, tempfile, time

rounds, calls, programs = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]


def ask(path, command):
    """The reply to a command, or None while nobody listens. A connection each: so Kamailio does it."""
    with socket.socket(socket.AF_UNIX) as s:
        try:
            s.connect(path)
            s.sendall(command.encode() + b"\n")
            return s.recv(1024) or None
        except OSError:
            return None


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def measure(program, directory):
    path = f"{directory}/socket"
    begin = time.monotonic()
    process = subprocess.Popen([
        program, "-f", "-F", "-l", "127.0.0.1", "-s", f"unix:{path}", "-p", f"{directory}/pid",
        "-m", "20000", "-M", "40000", "-d", "err"])
    try:
        while ask(path, "V") is None:
            if process.poll() is not None or time.monotonic() - begin > 30:
                sys.exit(f"start.sh: {program} does not answer")
            time.sleep(0.0002)
        start = (time.monotonic() - begin) * 1000
        time.sleep(1)
        rest = resident(process.pid)
        for call in range(calls):
            ask(path, f"U call{call} 127.0.0.1 9 caller")
            ask(path, f"L call{call} 127.0.0.1 9 caller callee")
        time.sleep(1)
        return start, rest, resident(process.pid)
    finally:
        process.terminate()
        process.wait()


results = {program: [] for program in programs}
for _ in range(rounds):
    for program in programs:
        with tempfile.TemporaryDirectory() as directory:
            results[program].append(measure(program, directory))

print(f"| daemon | size MB | start ms, fastest / median / slowest of {rounds} | resident MB at rest | with {calls} calls |")
print("|---|---|---|---|---|")
for program, taken in results.items():
    start, rest, full = (sorted(column) for column in zip(*taken))
    print(f"| {program} | {os.path.getsize(program) / 1e6:.1f} | {start[0]:.1f} / {statistics.median(start):.1f} / {start[-1]:.1f} "
          f"| {statistics.median(rest):.1f} | {statistics.median(full):.1f} |")
PY
