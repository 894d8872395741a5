using System.Net;

namespace RtpProxy.Protocols.Rtpp;

/// <summary>The argument of <c>l</c> or <c>r</c> as it was written, before the address book is asked.</summary>
public abstract record LocalSelector
{
    private LocalSelector()
    {
    }

    /// <summary><c>l192.0.2.1</c> or <c>l[2001:db8::1]</c>.</summary>
    public sealed record Literal(IPAddress Address) : LocalSelector;

    /// <summary><c>l{label}</c>.</summary>
    public sealed record Labelled(string Label) : LocalSelector;

    /// <summary><c>r192.0.2.1</c> or <c>r[2001:db8::1]</c>: the local address that routes there.</summary>
    public sealed record RouteTo(IPAddress Remote) : LocalSelector;
}
