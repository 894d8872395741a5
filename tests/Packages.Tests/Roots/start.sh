#!/usr/bin/env bash
# Starts a system in namespaces of its own, on a copy of a root that costs nothing and goes with it. Says the process id of its first
# process, and ends it when standard input ends.
#
#   start.sh ROOT SHARE PROGRAM [ARGUMENT…]
#
# SHARE is seen there as /mnt; PROGRAM is its first process: systemd, or anything that waits.
set -euo pipefail

if [[ $1 != --inside ]]; then
  # Where systemd is the first process, it wants a control group to itself.
  trap : HUP INT TERM # whatever ends us, the system goes first
  groups=$(findmnt -n -t cgroup2 -o TARGET | head -n 1)
  group=$groups/rtpproxy-packages-$$
  mkdir -- "$group"
  echo $$ >"$group/cgroup.procs"
  unshare --pid --fork --kill-child --mount --cgroup --uts --ipc --net bash "$0" --inside "$@" </dev/null >&2 &
  outer=$!
  until first=$(pgrep -P $outer) || ! kill -0 $outer 2>/dev/null; do sleep 0.05; done
  echo $$ >"$groups/cgroup.procs"
  echo "$first"
  cat >/dev/null || true
  kill -KILL "$first" 2>/dev/null || true
  wait $outer || true
  find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
  exit 0
fi

root=$2 share=$3
shift 3
mount --make-rprivate /
# What is changed lies in memory: a layer on another layer is not to be had everywhere.
layers=$(mktemp -d)
mount -t tmpfs tmpfs "$layers"
mkdir -- "$layers/upper" "$layers/work" "$layers/root"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$layers/upper,workdir=$layers/work" "$layers/root"
cd -- "$layers/root"

mount -t proc proc proc
# Not this system's to change: it is the machine's.
mount --bind -o ro proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t tmpfs tmpfs sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
  touch dev/$device
  mount --bind /dev/$device dev/$device
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs tmpfs dev/shm
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mount --bind "$share" mnt
ip link set lo up

mkdir .old
pivot_root . .old
cd /
umount -l /.old
rmdir /.old
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" </dev/null
