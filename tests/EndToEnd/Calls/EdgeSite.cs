using System.Net;
using RtpProxy.EndToEnd.Edge;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>Our own SIP proxy, and a relay of two workers.</summary>
public sealed class EdgeSite() : CallSite("unix", workers: 2)
{
    private SipEdgeServer? _edge;

    public override IPEndPoint Sip => _edge!.Sip;

    public override bool CallersNameRoutes => true;

    public override bool RelaysRefusedMedia => false;

    protected override IEnumerable<IAsyncDisposable?> ProxyAndItsRelays => [_edge];

    protected override async Task StartProxyAsync() =>
        _edge = await SipEdgeServer.StartAsync(Relay.Socket.Argument, Directory);
}
