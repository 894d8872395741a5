using System.Net;
using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.TestKit.Operations;

/// <summary>A complete call whose caller sends a packet every 20 ms.</summary>
internal sealed class RelayedCall
{
    private static readonly TimeSpan Ptime = TimeSpan.FromMilliseconds(20);

    private readonly RelayWorker _worker;
    private readonly PortId _rtp;
    private readonly PortId _rtcp;
    private Instant _now;
    private NullSink _sink;

    public RelayedCall()
    {
        var relay = new VirtualRelay();
        relay.Port($"U call {Caller.ToIPAddress()} {Caller.Port} alice");
        int port = relay.Port("L call 198.51.100.20 50000 alice bob");
        (int worker, _rtp) = relay.Ports.Find(port);
        (_, _rtcp) = relay.Ports.Find(port + 1);
        _worker = relay.Workers[worker];
        _now = relay.Now;
    }

    public static Endpoint Caller { get; } = Endpoint.From(IPAddress.Parse("192.0.2.10"), 40_000);

    /// <summary>Datagrams that left so far.</summary>
    public int Sent => _sink.Sent;

    public void OnRtp(in Endpoint source, in Datagram packet) => Receive(_rtp, source, packet);

    public void OnRtcp(in Endpoint source, in Datagram packet) => Receive(_rtcp, source, packet);

    private void Receive(PortId port, in Endpoint source, in Datagram packet)
    {
        _now += Ptime;
        _worker.OnDatagram(port, source, packet, new Arrival(_now), ref _sink);
    }
}
