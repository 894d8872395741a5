using System.Net;
using System.Net.Sockets;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>Finds the address of a target and the point to send from. Names are resolved by A and AAAA only (no SRV, NAPTR).</summary>
/// <param name="lookUp">Asks the system for the addresses of a name.</param>
internal sealed class TargetResolver(ISipSender sender, Func<string, Task<IPAddress[]>> lookUp, TimeProvider time)
{
    /// <summary>
    /// Questions under way; each holds a thread, also when nobody waits for it any more. Strangers can make us ask: a name
    /// that finds no place is not found.
    /// </summary>
    public const int MaxLookUps = 8;

    private static readonly TimeSpan LookUpTime = TimeSpan.FromSeconds(3);

    private int _lookUps;

    /// <param name="leaving">The point to send from where its transport and family fit; null to choose one.</param>
    /// <param name="preferred">The point to choose if nothing speaks against it.</param>
    /// <returns>Null when the name has no address that a listening point can reach.</returns>
    public async ValueTask<Flow?> ResolveAsync(NextHop target, ListenPoint? leaving, ListenPoint preferred)
    {
        if (IPAddress.TryParse(target.Host, out IPAddress? literal))
        {
            return Find(target, literal, leaving, preferred);
        }

        if (Interlocked.Increment(ref _lookUps) > MaxLookUps)
        {
            Interlocked.Decrement(ref _lookUps);
            return null;
        }

        try
        {
            IPAddress[] addresses = await LookUpAsync(target.Host).WaitAsync(LookUpTime, time).ConfigureAwait(false);
            return addresses.Select(address => Find(target, address, leaving, preferred)).FirstOrDefault(flow => flow is not null);
        }
        catch (Exception e) when (e is SocketException or TimeoutException or ArgumentException)
        {
            return null;
        }
    }

    private async Task<IPAddress[]> LookUpAsync(string name)
    {
        try
        {
            return await lookUp(name).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _lookUps);
        }
    }

    private Flow? Find(NextHop target, IPAddress written, ListenPoint? leaving, ListenPoint preferred)
    {
        IPAddress address = written.IsIPv4MappedToIPv6 ? written.MapToIPv4() : written;
        if (LocalAddresses.IsNobody(address))
        {
            return null;
        }

        var remote = new IPEndPoint(address, target.Port);
        bool leavingFits = leaving?.Transport == target.Transport && leaving.Family == address.AddressFamily;
        return (leavingFits ? leaving : sender.FindPoint(target.Transport, remote, preferred)) is { } point
            ? new Flow(point, remote)
            : null;
    }
}
