using System.IO.Pipes;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Hosts;

/// <summary>Control protocol, section 1.3.</summary>
public sealed class EndOfInputTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("stdio:")]
    [InlineData("stdioc:")]
    [InlineData("stdio:", "cunix:DIR/c.sock", "tcp:127.0.0.1:0")]
    [InlineData("stdioc:", "udp:127.0.0.1:0")]
    public async Task The_end_of_the_last_single_channel_ends_the_relay(params string[] sockets)
    {
        (HostUnderTest relay, Stream input) = Start(sockets);
        await using (relay)
        {
            await input.DisposeAsync();

            await relay.Host.Completion.WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task A_datagram_socket_keeps_the_relay_running()
    {
        (HostUnderTest relay, Stream input) = Start(["stdio:", "udp:127.0.0.1:0"]);
        await using (relay)
        {
            await input.WriteAsync("U call1 127.0.0.1 4000 alice\n"u8.ToArray());
            await Eventually.TrueAsync(() => relay.Host.SessionCount == 1, "the session");
            await input.DisposeAsync();

            using ControlEndpoints.ControlClient client = await relay.DatagramAsync(1);
            (await client.AskAsync("a D call1 alice")).ShouldBe("a 0\n");
            (await client.AskAsync("b U call2 127.0.0.1 4000 alice")).ShouldNotContain("E99");
            relay.Host.Completion.IsCompleted.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Sessions_that_live_at_the_end_of_input_keep_the_relay_running()
    {
        (HostUnderTest relay, Stream input) = Start(["stdio:", "cunix:DIR/c.sock"]);
        await using (relay)
        {
            await input.WriteAsync("U call1 127.0.0.1 4000 alice\n"u8.ToArray());
            await Eventually.TrueAsync(() => relay.Host.SessionCount == 1, "the session");
            await input.DisposeAsync();
            using ControlEndpoints.ControlClient client = await relay.ConnectAsync(1);
            await Eventually.TrueAsync(
                () => client.AskAsync("U call2 127.0.0.1 4000 alice\n").GetAwaiter().GetResult() is var reply
                    && (reply == "E99\n" || client.AskAsync("D call2 alice\n").GetAwaiter().GetResult() == ""),
                "slow shutdown");

            relay.Host.Completion.IsCompleted.ShouldBeFalse();
            (await client.AskAsync("D call1 alice\n")).ShouldBe("0\n");
            await relay.Host.Completion.WaitAsync(Patience);
        }
    }

    private static (HostUnderTest Relay, Stream Input) Start(string[] sockets)
    {
        var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        var reader = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        HostUnderTest relay = HostUnderTest.Start(
            sockets, (_, options) => options with { StandardInput = reader, StandardOutput = Stream.Null });
        return (relay, writer);
    }
}
