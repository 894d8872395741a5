using System.Net;
using RtpProxy.EndToEnd.Kamailio;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>
/// A Kamailio that commands a relay of two workers by its module for rtpengine, over the ng protocol. The relay has an IPv6
/// address and two named interfaces besides.
/// </summary>
public class NgSite : CallSite
{
    private readonly string _socket;
    private readonly IPAddress _left = Loopback.NextAddress();
    private readonly IPAddress _right = Loopback.NextAddress();
    private KamailioServer? _kamailio;

    public NgSite()
        : base("unix", workers: 2)
    {
        IPAddress host = Loopback.NextAddress();
        _socket = $"udp:{host}:{Loopback.FreeUdpPort(host)}";
    }

    public override IPEndPoint Sip => _kamailio!.Sip;

    public override bool MarksDescriptions => false;

    public override IPAddress MediaAddress(string treatment, IPAddress party, bool isCaller) =>
        treatment != "networks" ? base.MediaAddress(treatment, party, isCaller) : isCaller ? _left : _right;

    protected override IEnumerable<string> RelayOptions =>
        ["--ng", _socket, "-6", "six@::1", "-l", $"left@{_left}", "-l", $"right@{_right}"];

    protected override IEnumerable<IAsyncDisposable?> ProxyAndItsRelays => [_kamailio];

    protected override async Task StartProxyAsync() =>
        _kamailio = await KamailioServer.StartAsync("ng.cfg", Directory, ("RELAY", _socket));
}
