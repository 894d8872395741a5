using System.Net.Sockets;
using System.Text.RegularExpressions;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Watch.Tests.Kit;

/// <summary>A daemon that speaks the ng protocol over UDP and TCP, and through its watcher over HTTP and WebSocket.</summary>
internal sealed partial class NgDaemon : IAsyncDisposable
{
    private readonly DaemonProcess _daemon;

    private NgDaemon(DaemonProcess daemon, int udpPort, int tcpPort)
    {
        _daemon = daemon;
        UdpPort = udpPort;
        TcpPort = tcpPort;
        Http = new Uri(Listening().Match(daemon.Log.Text).Groups[1].Value);
    }

    /// <summary>Of 127.0.0.1.</summary>
    public int UdpPort { get; }

    /// <summary>Of 127.0.0.1.</summary>
    public int TcpPort { get; }

    /// <summary>Where the watcher takes messages.</summary>
    public Uri Http { get; }

    public static async Task<NgDaemon> StartAsync(params string[] options)
    {
        int udpPort = FreePorts.One(ProtocolType.Udp, ipv6: false);
        int tcpPort = FreePorts.One(ProtocolType.Tcp, ipv6: false);
        DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Options = ["-l", "127.0.0.1", "--ng", $"udp:{udpPort}", "--ng", $"tcp:{tcpPort}", "--ng-http", "127.0.0.1:0", .. options],
            LogLevel = "info",
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = $"{Path.GetDirectoryName(WatchProcess.Executable)}:{Environment.GetEnvironmentVariable("PATH")}",
            },
        });
        await Eventually.TrueAsync(() => Listening().IsMatch(daemon.Log.Text), "the address is said");
        return new NgDaemon(daemon, udpPort, tcpPort);
    }

    public ValueTask DisposeAsync() => _daemon.DisposeAsync();

    /// <summary>What a watcher says of where it takes messages; the address is the first group.</summary>
    [GeneratedRegex("ng over HTTP and WebSocket at (http://[0-9.:]+)")]
    public static partial Regex Listening();
}
