using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Hosting;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.ControlEndpoints.Loop;
using RtpProxy.Relay.Operations;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>Commands that do not end hold back those that come after so many, and lose none.</summary>
public sealed class DatagramsUnderWayTests
{
    private const int MaxUnderWay = 1024;
    private const int Sent = MaxUnderWay + 100;

    [Fact]
    public async Task So_many_at_most_are_under_way_and_the_rest_waits_in_the_kernel()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var protocol = new SlowProtocol();
        using var stop = new CancellationTokenSource();
        using ControlLoop loop = RunningLoop.Start();
        await using var endpoint = new DatagramEndpoint(
            ControlSocketText.Parse("udp:127.0.0.1:0"), socket, protocol, loop, NullLogger.Instance);
        Task serving = endpoint.ServeAsync(stop.Token);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        await client.ConnectAsync(endpoint.BoundTo);

        for (int i = 0; i < Sent; i++)
        {
            client.Send("V"u8);
            await Eventually.TrueAsync(() => protocol.Begun == Math.Min(i + 1, MaxUnderWay), "the datagram is taken, if there is room");
        }

        protocol.AnswerOne();
        await Eventually.TrueAsync(() => protocol.Begun == MaxUnderWay + 1, "one ended, one began");
        protocol.AnswerAllFromNowOn();
        byte[] reply = new byte[10];
        client.ReceiveTimeout = (int)Eventually.Deadline.TotalMilliseconds;
        for (int i = 0; i < Sent; i++)
        {
            client.Receive(reply).ShouldBe(1);
        }

        await stop.CancelAsync();
        await serving.WaitAsync(Eventually.Deadline);
    }

    private sealed class SlowProtocol : IControlProtocol
    {
        private readonly ConcurrentQueue<IReplyTarget> _waiting = new();
        private volatile bool _isFast;
        private int _begun;

        public int Begun => Volatile.Read(ref _begun);

        public int MaxCommandLength => 100;

        public void OnDatagram(ReadOnlySpan<byte> datagram, in RequestOrigin origin, IReplyTarget target)
        {
            Interlocked.Increment(ref _begun);
            if (_isFast)
            {
                target.Reply("0"u8.ToArray());
            }
            else
            {
                _waiting.Enqueue(target);
            }
        }

        public ICommandStream OpenStream(in RequestOrigin origin, bool isGuarded) => throw new UnreachableException();

        public void AnswerOne()
        {
            _waiting.TryDequeue(out IReplyTarget? target).ShouldBeTrue();
            target!.Reply("0"u8.ToArray());
        }

        public void AnswerAllFromNowOn()
        {
            _isFast = true;
            while (_waiting.TryDequeue(out IReplyTarget? target))
            {
                target.Reply("0"u8.ToArray());
            }
        }
    }
}
