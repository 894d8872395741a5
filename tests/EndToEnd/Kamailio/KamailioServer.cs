using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary>A Kamailio that controls relays: an ordinary and a bridging one (kamailio.cfg), or one over the ng protocol (ng.cfg).</summary>
public sealed class KamailioServer : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private KamailioServer(ChildProcess process, IPEndPoint sip) => (_process, Sip) = (process, sip);

    /// <summary>Where callers send their requests.</summary>
    public IPEndPoint Sip { get; }

    public static Task<KamailioServer> StartAsync(RelayDaemon relay, RelayDaemon bridge, string promptPath, WorkDirectory directory) => StartAsync(
        "kamailio.cfg",
        directory,
        ("RELAY", "0 == " + relay.Socket.Argument),
        ("BRIDGE", "1 == " + bridge.Socket.Argument),
        ("PROMPT", promptPath));

    /// <summary>Starts Kamailio and returns when it answers OPTIONS.</summary>
    /// <param name="configuration">A file beside this one.</param>
    /// <param name="relays">Variables of it that say where relays are.</param>
    public static async Task<KamailioServer> StartAsync(
        string configuration, WorkDirectory directory, params (string Name, string Value)[] relays)
    {
        // As with the daemon: a port may be lost between asking for it and using it.
        for (int attempt = 1; ; attempt++)
        {
            KamailioServer? server = await TryStartAsync(configuration, directory, relays);
            if (server is not null)
            {
                return server;
            }

            (attempt < 3).ShouldBeTrue($"Kamailio does not start: {File.ReadAllText(directory["kamailio.log"])}");
        }
    }

    public async ValueTask DisposeAsync() => await _process.DisposeAsync();

    /// <summary>What Kamailio logged at its level of notices and above.</summary>
    public string Output => _process.Output;

    private static async Task<KamailioServer?> TryStartAsync(
        string configuration, WorkDirectory directory, (string Name, string Value)[] relays)
    {
        IPAddress address = Loopback.NextAddress();
        var sip = new IPEndPoint(address, Loopback.FreeUdpPort(address));
        var sip6 = new IPEndPoint(IPAddress.IPv6Loopback, Loopback.FreeUdpPort(IPAddress.IPv6Loopback));
        ChildProcess process = await ChildProcess.StartAsync(
            "kamailio",
            "kamailio",
            [
                "-DD", "-E", "-f", Path.Combine(AppContext.BaseDirectory, "Kamailio", configuration),
                "-Y", directory.CreateDirectory("kamailio"), "-P", directory["kamailio.pid"], "-m", "32", "-M", "4",
            ],
            directory,
            [("SIP_IPV4", $"udp:{sip}"), ("SIP_IPV6", $"udp:{sip6}"), .. relays]);
        var server = new KamailioServer(process, sip);
        try
        {
            await Eventually.TrueAsync(
                async () => process.HasEnded || await server.AnswersAsync(),
                () => $"Kamailio does not answer. {process.Tail()}");
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        if (!process.HasEnded)
        {
            return server;
        }

        await server.DisposeAsync();
        return null;
    }

    private async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(Sip.Address, 0));
        await socket.SendToAsync(
            Encoding.ASCII.GetBytes(
                $"""
                OPTIONS sip:{Sip} SIP/2.0
                Via: SIP/2.0/UDP {socket.LocalEndPoint};branch=z9hG4bK{Guid.NewGuid():N}
                From: <sip:test@phones.invalid>;tag=1
                To: <sip:{Sip}>
                Call-ID: {Guid.NewGuid():N}
                CSeq: 1 OPTIONS
                Max-Forwards: 5
                Content-Length: 0


                """.ReplaceLineEndings("\r\n")),
            Sip);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            byte[] reply = new byte[2048];
            int length = await socket.ReceiveAsync(reply, patience.Token);
            return Encoding.ASCII.GetString(reply, 0, length).StartsWith("SIP/2.0 200", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return false; // not yet; a refused port shows itself as an error of the socket
        }
    }
}
