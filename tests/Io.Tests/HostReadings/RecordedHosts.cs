namespace RtpProxy.Io.Tests.HostReadings;

/// <summary>What the kernels of several machines wrote.</summary>
internal static class RecordedHosts
{
    /// <summary>Linux 6.18, a virtual machine.</summary>
    public const string NewSnmp = """
        Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors
        Tcp: 1 200 120000 -1 37056 36677 311 14593 0 623579 618816 219 0 9744 0
        Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
        Udp: 78360945 166303 1887711 80525298 1887700 5 11 0 2
        UdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
        UdpLite: 0 0 0 0 0 0 0 0 0
        """;

    /// <summary>Linux 3.10: fewer counters.</summary>
    public const string OldSnmp = """
        Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors
        Udp: 1000 1 3 2000 2 0
        """;

    public const string Snmp6 = """
        Ip6InReceives                   	221261
        Udp6InDatagrams                 	4711
        Udp6NoPorts                     	1
        Udp6InErrors                    	30
        Udp6OutDatagrams                	4712
        Udp6RcvbufErrors                	29
        Udp6SndbufErrors                	0
        Udp6InCsumErrors                	1
        UdpLite6InDatagrams             	0
        """;

    public const string Udp = """
           sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
         4711: 0100007F:88B8 00000000:0000 07 00000000:00000300 00:00000000 00000000   999        0 8431939 2 000000005c618321 17
         4712: 00000000:A8D9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 8431940 2 000000005c618322 0
        """;

    public const string Udp6 = """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
          900: 00000000000000000000000001000000:88BA 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 92233720 2 0000000000000000 3
        """;

    public const string Unix = """
        Num       RefCount Protocol Flags    Type St Inode Path
        000000005c618321: 00000002 00000000 00010000 0001 01 8431939 /run/rtp proxy.sock
        000000008f3ab8ba: 00000003 00000000 00000000 0001 03 8432665
        00000000cacec110: 00000003 00000000 00000000 0001 03 8436547 /run/rtp proxy.sock
        """;

    public const string Stat = """
        cpu  3330629 166529 432972 748111 3020 0 17051 1367 0 0
        cpu0 1662359 82551 211614 383550 669 0 5947 691 0 0
        cpu1 1668270 83977 221357 364560 2351 0 11103 676 0 0
        intr 35530140 0 0 0
        btime 1795787781
        """;

    /// <summary>An old kernel, which does not know of hypervisors.</summary>
    public const string OldStat = """
        cpu  100 0 50 850
        cpu0 100 0 50 850
        """;

    public const string Softnet = """
        02abdae9 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
        025d6b95 0000000a 00000001 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000001
        """;

    public const string Conntrack = """
        entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart
        00000012  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000002 00000010 00000001 00000000  00000000 00000000 00000000 00000000
        00000012  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 0000000f 00000000 00000000  00000000 00000000 00000000 00000000
        """;

    public const string Limits = """
        Limit                     Soft Limit           Hard Limit           Units
        Max cpu time              unlimited            unlimited            seconds
        Max open files            1024                 524288               files
        Max locked memory         8388608              8388608              bytes
        """;

    public static IEnumerable<string> All =>
        [NewSnmp, OldSnmp, Snmp6, Udp, Udp6, Unix, Stat, OldStat, Softnet, Conntrack, Limits, "32768\t60999", "35000-65000,8080"];
}
