using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Hosting;
using RtpProxy.Hosting.Commands;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Relay.Operations;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>Replies leave one socket from many threads at once; each arrives.</summary>
public sealed class RepliesInParallelTests
{
    private const int Waves = 500;
    private const int CommandsInWave = 64;

    [Fact]
    public async Task Replies_that_are_ready_at_the_same_time_all_arrive()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var logger = new RecordingLogger();
        using var stop = new CancellationTokenSource();
        using ControlLoop loop = RunningLoop.Start();
        await using var endpoint = new DatagramEndpoint(
            ControlSocketText.Parse("udp:127.0.0.1:0"), socket, new RtppProtocol(new PoolProcessor()), loop, logger);
        Task serving = endpoint.ServeAsync(stop.Token);
        using var client = new UdpClient();
        client.Connect(endpoint.BoundTo);

        for (int wave = 0; wave < Waves; wave++)
        {
            for (int i = 0; i < CommandsInWave; i++)
            {
                await client.SendAsync(Encoding.ASCII.GetBytes($"{wave}_{i} V"));
            }

            for (int i = 0; i < CommandsInWave; i++)
            {
                await client.ReceiveAsync().WaitAsync(Eventually.Deadline);
            }
        }

        logger.Texts.ShouldBeEmpty();
        await stop.CancelAsync();
        await serving;
    }

    /// <summary>Has each reply ready on a thread of the pool.</summary>
    private sealed class PoolProcessor : ICommandProcessor
    {
        public void Execute(
            ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie, in RequestOrigin origin, IReplyTarget target)
        {
            byte[] reply = [.. cookie, .. " 0\n"u8];
            _ = Task.Run(() => target.Reply(reply));
        }

        public void CountRepeat()
        {
        }
    }
}
