using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Hosting;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>The command that ends a slow shutdown is answered, although the daemon stops while it is carried out.</summary>
public sealed class LastReplyTests
{
    [Theory]
    [InlineData("unix:")]
    [InlineData("cunix:")]
    public async Task A_reply_that_is_ready_when_the_daemon_stops_still_leaves(string kind)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("rtpp-io-").FullName, "c.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        ControlSocketAddress address = ControlSocketText.Parse(kind + path);
        using var stop = new CancellationTokenSource();
        using ControlLoop loop = RunningLoop.Start();
        await using var endpoint = new StreamEndpoint(
            address,
            listener,
            kind == "unix:" ? Framing.OneShot : Framing.Lines,
            new ControlSlots([address]),
            new StoppingProtocol(stop),
            loop,
            NullLogger.Instance);
        Task serving = endpoint.ServeAsync(stop.Token);
        using ControlClient client = await ControlClient.ConnectAsync(path);

        (await client.AskAsync("D call from\n")).ShouldBe("0\n");

        await serving;
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    /// <summary>Stops the endpoint before it answers.</summary>
    private sealed class StoppingProtocol(CancellationTokenSource stop) : IControlProtocol, ICommandStream
    {
        public int MaxCommandLength => 100;

        public void OnDatagram(ReadOnlySpan<byte> datagram, in RequestOrigin origin, IReplyTarget target) =>
            throw new UnreachableException();

        public ICommandStream OpenStream(in RequestOrigin origin, bool isGuarded) => this;

        public bool OnCommand(ReadOnlySpan<byte> command, IReplyTarget target)
        {
            stop.Cancel();
            target.Reply("0\n"u8.ToArray());
            return true;
        }
    }
}
