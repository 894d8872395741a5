namespace RtpProxy.Daemon.Options;

/// <summary>The text shown for <c>--help</c>, for <c>-?</c> and after a command line that cannot be understood.</summary>
internal static class Usage
{
    public const string Text =
        """
        usage: rtpproxy [-2abDFfiPR] [-l address]... [-6 address]... [-s control_socket]...
                        [-A advertised[/advertised]] [-m port_min] [-M port_max] [-T max_ttl] [-W setup_ttl]
                        [-t tos] [-r rec_dir [-S spool_dir]] [-p pid_file] [-u user[:group]] [-w socket_mode]
                        [-L open_files] [-c fifo|rr] [-n timeout_socket]... [-d level[:facility]] [long options]
               rtpproxy -V | -v | -C | --help

        Addresses and ports
          -l, -6 ARG            IPv4 / IPv6 address: [label@]address[=advertised], or internal/external (bridging)
          -A A1[/A2]            addresses shown to callers instead of the default or the two bridging ones
          -m, -M PORT           lowest and highest media port (35000, 65000)
          -b                    give ports out in ascending order
          --no_resolve          numeric addresses only
          --allow-media-to CIDR send media there although it is loopback, link-local, multicast or broadcast
        Control
          -s SOCK               unix: cunix: tcp: tcp6: udp: udp6: stdio: stdioc: systemd:, or a path
                                (unix:/var/run/rtpproxy.sock)
          -n SOCK               permit time-out notices to unix:PATH, tcp:HOST:PORT or tcp:%%CC_SELF%%:PORT
          -u USER[:GROUP]       become this user and group when started
          -w MODE               mode of the Unix control socket when -u names a group; 0660 octal, 432 decimal (0755)
        Watching
          --admin unix:PATH     socket for those who look after the relay (rtpproxyctl, rtpproxywatch)
          --http ADDRESS:PORT   start rtpproxywatch beside the relay: a page, /metrics, health
          --http-token FILE     what clients of it must know; needed where ADDRESS is not of this host alone
          --http-host NAME      a name by which browsers ask for it
          --otlp URL            push metrics to this OpenTelemetry collector
        Media
          -T, -W SECONDS        inactivity limit (60), limit until a session is complete (as -T)
          -i                    time out when either party is silent
          -t TOS                IPv4 type of service, decimal or 0x.. (0xB8); -1 leaves it to the system
          -2                    send small packets twice
          --force_asymmetric    never learn a party's address from its packets
          --dtmf[=PT]           listen for the digits of every call, in RTP payload type PT (101)
          --jitter-buffer MS    of the listeners that the quality of calls is judged for (60)
          --bridge_symmetric    learn addresses in bridging mode too
        Recording
          -r DIR, -S DIR        where recordings end up; where they are while they are written
          -a                    record every session
          -P                    in pcap format
          -R                    without RTCP
        Calls told to others
          --hep SOCK            send HEP packets (Homer) to udp:HOST:PORT, tcp:HOST:PORT or tls:HOST:PORT
          --hep-id N            capture id in them (101)
          --hep-report SECONDS  report streams that are up so often (20); 0 for never
          --cdr FILE            append a line of JSON for each session that ends
        Process
          -f                    stay in the foreground, log to standard error
          -F                    do not mind running as superuser
          -D                    do not change to / in the background
          --no_redirect         in the background keep standard output and error, and log there too
          -p FILE               pid file (/var/run/rtpproxy.pid)
          -L N                  limit of open files
          -c fifo|rr            real-time scheduling
          --nice N              priority, -20 to 20
          --workers N           threads that carry packets (usable CPUs)
          -d LEVEL[:FACILITY]   DBUG INFO WARN ERR CRIT (DBUG in the foreground, WARN in the background)
          --log-digits          log which digits are pressed, not only that one is: they may be secrets
          --config FILE         configuration file
          --dso MODULE          acct_csv or catch_dtmf, or a file of that name; what it does is built in
          --overload_prot[=X]   accepted for compatibility
        Print and end
          -V, --version         version
          -v                    revisions of the control protocol
          -C                    name of the clock used in logs
          --help                this text

        """;
}
