using System.Net;
using RtpProxy.EndToEnd.Control;
using RtpProxy.EndToEnd.Kamailio;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>A Kamailio that controls an ordinary relay, and a bridge between IPv4 and IPv6.</summary>
public abstract class KamailioSite(string controlKind, int workers) : CallSite(controlKind, workers)
{
    private KamailioServer? _kamailio;
    private RelayDaemon? _bridge;

    public override IPEndPoint Sip => _kamailio!.Sip;

    public override bool ShowsFigures => true;

    public override RelayDaemon RelayFor(string treatment) => treatment == "bridge" ? _bridge! : Relay;

    protected override IEnumerable<IAsyncDisposable?> ProxyAndItsRelays => [_kamailio, _bridge];

    protected override async Task StartProxyAsync()
    {
        _bridge = await StartRelayAsync("bridge", "-6", "/::1");
        _kamailio = await KamailioServer.StartAsync(Relay, _bridge, PromptPath, Directory);
    }
}
