using System.Net;

namespace RtpProxy.Daemon.Options;

/// <summary>What option values may name: users, groups and hosts of this machine.</summary>
internal interface ISystemNames
{
    /// <summary>User id and primary group id of a user; null if there is none of that name.</summary>
    (uint UserId, uint GroupId)? FindUser(string name);

    /// <summary>Group id of a group; null if there is none of that name.</summary>
    uint? FindGroup(string name);

    /// <summary>The first address of a host in one family; may ask a name service and wait for it.</summary>
    /// <param name="numericOnly">No name service: only a literal address.</param>
    /// <param name="reason">Why there is none, in the resolver's words.</param>
    IPAddress? Resolve(string host, bool ipv6, bool numericOnly, out string reason);

    /// <summary>A socket may be bound to the address now: it is one of this host, or the system does not mind (ip_nonlocal_bind).</summary>
    bool IsOfThisHost(IPAddress address);
}
