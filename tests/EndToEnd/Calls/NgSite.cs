using System.Net;
using RtpProxy.EndToEnd.Kamailio;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>A Kamailio that commands a relay of two workers by its module for rtpengine, over the ng protocol.</summary>
public sealed class NgSite : CallSite
{
    private readonly string _socket;
    private KamailioServer? _kamailio;

    public NgSite()
        : base("unix", workers: 2)
    {
        IPAddress host = Loopback.NextAddress();
        _socket = $"udp:{host}:{Loopback.FreeUdpPort(host)}";
    }

    public override IPEndPoint Sip => _kamailio!.Sip;

    public override bool MarksDescriptions => false;

    protected override IEnumerable<string> RelayOptions => ["--ng", _socket];

    protected override IEnumerable<IAsyncDisposable?> ProxyAndItsRelays => [_kamailio];

    protected override async Task StartProxyAsync() =>
        _kamailio = await KamailioServer.StartAsync("ng.cfg", Directory, ("RELAY", _socket));
}
