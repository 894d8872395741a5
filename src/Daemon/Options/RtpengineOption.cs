namespace RtpProxy.Daemon.Options;

/// <summary>Options of rtpengine for which there are others here: who types one of them is told which.</summary>
internal static class RtpengineOption
{
    /// <param name="name">Without dashes, as rtpengine calls it.</param>
    /// <returns>What to write here; null where rtpengine has no such option, or it is called the same, or there is nothing like it.</returns>
    public static string? Here(string name) => name switch
    {
        "interface" => "-l [NAME@]ADDRESS[=ADVERTISED]",
        "listen-ng" => "--ng udp:[ADDRESS:]PORT",
        "listen-tcp-ng" => "--ng tcp:[ADDRESS:]PORT",
        "listen-http" => "--ng-http ADDRESS:PORT for commands, --http ADDRESS:PORT for figures",
        "listen-cli" => "--admin unix:PATH, for rtpproxyctl",
        "port-min" => "--min-port",
        "port-max" => "--max-port",
        "offer-timeout" => "--setup-timeout",
        "delete-delay" => "--ng-delete-delay",
        "sip-source" => "--ng-sip-source",
        "num-threads" => "--workers",
        "recording-dir" => "--record-dir",
        "recording-method" => "--record-pcap",
        "pidfile" => "--pid-file",
        "log-stderr" => "--foreground",
        "homer" => "--hep udp:HOST[:PORT]",
        "homer-protocol" => "--hep tcp:HOST[:PORT]",
        "homer-id" => "--hep-id",
        "listen-https" or "https-cert" or "https-key" => "a proxy in front of --ng-http",
        "log-facility" => "--log-level LEVEL:FACILITY",
        "endpoint-learning" => "--force-asymmetric for off",
        "priority" => "--nice",
        "config-file" or "config-section" => "--config FILE, in another form",
        "redis" or "redis-write" => "--keep, on this machine only",
        _ => null,
    };
}
