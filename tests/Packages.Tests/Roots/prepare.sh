#!/usr/bin/env bash
# Makes a small Debian system in DIR, unless it is there already. Usage: prepare.sh DIR
set -euo pipefail

directory=$1
findmnt -n -t cgroup2 >/dev/null || {
  echo "no control groups of version 2 are mounted, which systemd wants" >&2
  exit 1
}
[[ ! -e $directory/.complete ]] || exit 0

# Aside, and moved when it is whole: one that was interrupted is not taken for another.
work=$directory.$$
trap 'rm -rf -- "$work"' EXIT
debootstrap --variant=minbase --include=systemd,libssl3,logrotate bookworm "$work" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$directory.log" 2>&1 || {
  tail -n 5 "$directory.log" >&2
  exit 1
}
rm -rf -- "$work"/var/cache/apt/archives/*.deb "$work"/var/lib/apt/lists/* "$directory"
touch "$work/.complete"
mv -- "$work" "$directory"
