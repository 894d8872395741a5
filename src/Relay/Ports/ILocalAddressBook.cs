using System.Net;

namespace RtpProxy.Relay.Ports;

/// <summary>
/// The daemon's own addresses: what a controller asks for is wrong or right only against the configuration (control
/// protocol, sections 3.4 and 10.3).
/// </summary>
/// <remarks>Called on any control thread: implementations are thread-safe and never block on a name service.</remarks>
public interface ILocalAddressBook
{
    /// <summary>Two addresses were configured with <c>/</c>: direction letters are allowed.</summary>
    bool IsBridging { get; }

    /// <summary>The first bind address: both legs of a plain session.</summary>
    LocalAddress Default { get; }

    /// <summary>The first bridging address (<c>i</c>); equals <see cref="Default"/> without bridging.</summary>
    LocalAddress Internal { get; }

    /// <summary>The second bridging address (<c>e</c>); equals <see cref="Default"/> without bridging.</summary>
    LocalAddress External { get; }

    /// <summary><c>l{label}</c>: exactly the labelled entry, the first where both families have one, or null.</summary>
    LocalAddress? FindLabel(string label);

    /// <summary>The labelled entry of a family, or null.</summary>
    LocalAddress? FindLabel(string label, bool ipv6) => FindLabel(label) is { } first && first.IsIPv6 == ipv6 ? first : null;

    /// <summary><c>l</c>: the newest entry with this address, or a plain one, which is not remembered yet.</summary>
    LocalAddress Find(IPAddress address);

    /// <summary>A port was bound on this address, so it is good: it becomes the newest entry, if it is none yet.</summary>
    void Remember(LocalAddress address);

    /// <summary><c>r</c>: the entry of the address that the routing table uses toward <paramref name="remote"/>; null without a route.</summary>
    LocalAddress? FindRouteTo(IPAddress remote);

    /// <summary>The family rule: the most recently added entry of a family, or null.</summary>
    LocalAddress? FindNewest(bool ipv6);

    /// <summary>The address of a family on the interface that <paramref name="address"/> is of, which is what has its label; null if none.</summary>
    LocalAddress? FindBeside(LocalAddress address, bool ipv6)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsIPv6 == ipv6 ? address : address.Label is { } label ? FindLabel(label, ipv6) : null;
    }

    /// <summary>The address of a family where no interface is named: of the default one, else the newest; null if none.</summary>
    LocalAddress? FindDefault(bool ipv6) => FindBeside(Default, ipv6) ?? FindNewest(ipv6);
}
