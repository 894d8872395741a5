using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Hosting;
using RtpProxy.Hosting.Commands;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>Every datagram is answered, also one that repeats a command which is still being carried out.</summary>
public sealed class RepeatedDatagramTests
{
    [Fact]
    public async Task Repeats_of_a_command_under_way_are_answered_with_it_wherever_they_come_from()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var processor = new PatientProcessor();
        using var stop = new CancellationTokenSource();
        using ControlLoop loop = RunningLoop.Start();
        await using var endpoint = new DatagramEndpoint(
            ControlSocketText.Parse("udp:127.0.0.1:0"), socket, new RtppProtocol(processor), loop, NullLogger.Instance);
        Task serving = endpoint.ServeAsync(stop.Token);
        using var first = new UdpClient();
        using var second = new UdpClient();
        first.Connect(endpoint.BoundTo);
        second.Connect(endpoint.BoundTo);

        await first.SendAsync("ck P call prompt 0 f"u8.ToArray());
        await processor.RepeatAsync(first, "ck P call prompt 0 f");
        await processor.RepeatAsync(second, "ck V");
        processor.Answer("ck 0\n");

        (await ReceiveAsync(first)).ShouldBe("ck 0\n");
        (await ReceiveAsync(first)).ShouldBe("ck 0\n");
        (await ReceiveAsync(second)).ShouldBe("ck 0\n");
        processor.Commands.ShouldBe(1);

        await stop.CancelAsync();
        await serving;
    }

    private static async Task<string> ReceiveAsync(UdpClient client)
    {
        UdpReceiveResult reply = await client.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(10));
        return Encoding.Latin1.GetString(reply.Buffer);
    }

    /// <summary>Answers its one command when the test says so.</summary>
    private sealed class PatientProcessor : ICommandProcessor
    {
        private readonly Channel<bool> _repeats = Channel.CreateUnbounded<bool>();
        private IReplyTarget? _target;
        private int _commands;

        public int Commands => _commands;

        public void Execute(
            ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie, in RequestOrigin origin, IReplyTarget target)
        {
            Interlocked.Increment(ref _commands);
            _target = target;
        }

        public void CountRepeat() => _repeats.Writer.TryWrite(true);

        public void Answer(string reply) => _target!.Reply(Encoding.Latin1.GetBytes(reply));

        /// <summary>Sends a datagram and waits until it is seen to be a repeat.</summary>
        public async Task RepeatAsync(UdpClient client, string datagram)
        {
            await client.SendAsync(Encoding.Latin1.GetBytes(datagram));
            await _repeats.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        }
    }
}
