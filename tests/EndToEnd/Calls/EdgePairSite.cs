using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Edge;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>Our own SIP proxy with two relays: one that gets all calls while it lives, and one that gets none before.</summary>
public sealed class EdgePairSite() : CallSite("udp", workers: 1)
{
    // A call's place is its Call-ID's sum modulo 256, then modulo the sum of weights: the first 256 belong to the first relay.
    private const int AllPlaces = 256;

    private SipEdgeServer? _edge;

    public override IPEndPoint Sip => _edge!.Sip;

    public override bool CallersNameRoutes => true;

    public override bool RelaysRefusedMedia => false;

    /// <summary>The relay that gets the calls when <see cref="CallSite.Relay"/> is gone.</summary>
    public RelayDaemon Second { get; private set; } = null!;

    public override RelayDaemon RelayFor(string treatment) => treatment == "second" ? Second : Relay;

    protected override IEnumerable<IAsyncDisposable?> ProxyAndItsRelays => [_edge, Second];

    protected override async Task StartProxyAsync()
    {
        Second = await StartRelayAsync("second");
        _edge = await SipEdgeServer.StartAsync($"{Relay.Socket.Argument}={AllPlaces} {Second.Socket.Argument}=1", Directory);
    }
}
