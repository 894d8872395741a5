# Runs in place of the relay, under its unit, and says what the unit lets it do. Each line: what, and "may" or "may not".
may() {
  local what=$1
  shift
  if "$@" >/dev/null 2>&1; then echo "$what: may"; else echo "$what: may not"; fi
}

# A system call by its number on x86-64; true unless it is forbidden.
call() { perl -e 'my ($number, @arguments) = map { $_ + 0 } @ARGV; $! = 0; syscall($number, @arguments); exit($! == 1)' "$@"; }
open_socket() { perl -e 'socket(my $s, $ARGV[0], $ARGV[1], 0) or exit 1' "$@"; }
set_user_id() { touch /var/spool/rtpproxy/suid && chmod u+s /var/spool/rtpproxy/suid; }

{
  echo "user: $(id -un)"
  echo "group: $(id -gn)"
  echo "umask: $(umask)"
  sed -n 's/^\(CapEff\|CapBnd\|CapPrm\|CapAmb\|NoNewPrivs\|Seccomp\):\t/\1: /p' /proc/self/status
  may "write /etc" touch /etc/probe
  may "write /usr" touch /usr/probe
  may "write /var/lib" touch /var/lib/probe
  may "write state" touch /var/lib/rtpproxy/probe
  may "write prompts" touch /var/lib/rtpproxy/prompts/probe
  may "read prompts" ls /var/lib/rtpproxy/prompts
  may "write recordings" touch /var/spool/rtpproxy/probe
  may "write call records" touch /var/log/rtpproxy/probe
  may "write sockets" touch /run/rtpproxy/probe
  may "read its configuration" cat /etc/rtpproxy/rtpproxy.toml
  may "see homes" ls /home/somebody
  may "see others' temporary files" ls /tmp/marker
  may "see devices" ls /dev/marker
  may "see processes of others" ls /proc/1
  may "make namespaces" unshare --user true
  may "take real time" chrt -f 1 true
  may "set user ids" set_user_id
  may "write code" call 9 0 4096 7 34 -1 0
  may "look into processes" call 101 0 0 0 0
  may "change its personality" call 135 8
  may "use IPv4" open_socket 2 2
  may "use IPv6" open_socket 10 2
  may "use Unix sockets" open_socket 1 1
  may "ask for addresses" open_socket 16 3
  may "use raw packets" open_socket 17 3
  may "use Bluetooth" open_socket 31 3
} >/var/spool/rtpproxy/probe.txt
