using System.Net;
using System.Net.Sockets;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>Finds the address of a target and the point to send from. Names are resolved by A and AAAA only (no SRV, NAPTR).</summary>
internal sealed class TargetResolver(ISipSender sender, TimeProvider time)
{
    private static readonly TimeSpan ResolveTime = TimeSpan.FromSeconds(3);

    /// <returns>Null when the name has no address that a listening point can reach.</returns>
    public async ValueTask<Flow?> ResolveAsync(NextHop target, ListenPoint preferred)
    {
        if (IPAddress.TryParse(target.Host, out IPAddress? literal))
        {
            return Find(target, literal, preferred);
        }

        try
        {
            using var limit = new CancellationTokenSource(ResolveTime, time);
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(target.Host, limit.Token).ConfigureAwait(false);
            return addresses.Select(address => Find(target, address, preferred)).FirstOrDefault(flow => flow is not null);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ArgumentException)
        {
            return null;
        }
    }

    private Flow? Find(NextHop target, IPAddress address, ListenPoint preferred) =>
        sender.FindPoint(target.Transport, address.AddressFamily, preferred) is { } point
            ? new Flow(point, new IPEndPoint(address, target.Port))
            : null;
}
