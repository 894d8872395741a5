#!/bin/sh
# The Sippy B2BUA (Python) with the relay: every call that comes to it is answered by a call of its own, and media goes through the relay.
#
#   rtpproxy -f -l 127.0.0.1 -s unix:/run/rtpproxy/rtpproxy.sock -n unix:/run/rtpproxy/notify.sock
#   samples/sippy/b2bua.sh 192.0.2.1 192.0.2.10:5060      # this machine's address, and where calls go
#
# NOT TRIED as a whole: no package of the B2BUA was at hand. What it says to the relay was recorded with its present version, and is answered
# by this relay as tests show. Two things to know: it speaks no codec lists and no L, and its heartbeat (Ib, every second) needs a relay
# whose control socket it can open: put it in the group of the socket.
set -eu

address=${1:?expected: b2bua.sh ADDRESS ROUTE}
route=${2:?expected: b2bua.sh ADDRESS ROUTE}

# rtp_proxy_clients may name several, separated by commas; one of those that answer is taken for each call.
exec b2bua_radius --foreground=on --auth_enable=off --acct_enable=off \
  --sip_address="$address" \
  --static_route="$route" \
  --rtp_proxy_clients=unix:/run/rtpproxy/rtpproxy.sock
