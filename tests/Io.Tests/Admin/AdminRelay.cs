using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Hosting;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Tests.ControlEndpoints;
using RtpProxy.Io.Tests.Hosts;

namespace RtpProxy.Io.Tests.Admin;

/// <summary>A running relay that has an admin socket, and a controller of it.</summary>
internal sealed class AdminRelay : IAsyncDisposable
{
    private readonly ControlClient _control;

    private AdminRelay(HostUnderTest relay, ControlClient control)
    {
        Relay = relay;
        _control = control;
    }

    public HostUnderTest Relay { get; }

    public RelayHost Host => Relay.Host;

    public string SocketPath => Relay.Path("admin.sock");

    public static async Task<AdminRelay> StartAsync(
        TimeSpan? writePatience = null, Func<RelayHostOptions, RelayHostOptions>? change = null)
    {
        HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"], (test, options) =>
        {
            RelayHostOptions changed = options with
            {
                Admin = new AdminOptions
                {
                    ProgramVersion = "3.2.0.test",
                    SocketPath = test.Path("admin.sock"),
                    WritePatience = writePatience ?? TimeSpan.FromSeconds(20),
                },
            };
            return change?.Invoke(changed) ?? changed;
        });
        return new AdminRelay(relay, await relay.ConnectAsync(0));
    }

    public Task<AdminClient> ConnectAsync() => AdminClient.ConnectAsync(SocketPath);

    /// <summary>Gives a command to the control socket.</summary>
    public Task<string> CommandAsync(string command) => _control.AskAsync(command + "\n");

    /// <summary>Sets a call up between two sockets.</summary>
    /// <returns>Our ports for the caller and for the callee.</returns>
    public async Task<(int ForCaller, int ForCallee)> CallAsync(string callId, UdpClient caller, UdpClient callee)
    {
        int forCallee = await OfferAsync(callId, caller);
        string answered = await CommandAsync($"L {callId} 127.0.0.1 {PortOf(callee)} alice bob");
        return (PortOf(answered), forCallee);
    }

    /// <summary>The first half of that.</summary>
    /// <returns>Our port for the callee.</returns>
    public async Task<int> OfferAsync(string callId, UdpClient caller) =>
        PortOf(await CommandAsync($"U {callId} 127.0.0.1 {PortOf(caller)} alice"));

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await Relay.DisposeAsync();
    }

    public static UdpClient Phone() => new(new IPEndPoint(IPAddress.Loopback, 0));

    public static int PortOf(UdpClient phone) => ((IPEndPoint)phone.Client.LocalEndPoint!).Port;

    public static byte[] Rtp(byte sequence) => [0x80, 0, 0, sequence, 0, 0, 0, 0, 0, 0, 0, 9, 1, 2, 3, 4];

    private static int PortOf(string reply) => int.Parse(reply.Split(' ', '\n')[0], CultureInfo.InvariantCulture);
}
