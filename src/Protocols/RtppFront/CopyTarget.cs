using System.Globalization;
using System.Net;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>Where <c>C udp:host:port</c> sends copies to (media rules, section 7.6).</summary>
/// <param name="Host">A name or an IPv4 address, verbatim.</param>
/// <param name="Port">Of the RTP; RTCP goes to the next one.</param>
/// <param name="Address">Set when the host is an address: nobody has to be asked.</param>
internal readonly record struct CopyTarget(string Host, ushort Port, IPAddress? Address)
{
    private const string Prefix = "udp:";

    /// <summary>Why a target that is no host is not the name of a file either, as <c>upd:192.0.2.1:5000</c>; null if it may be.</summary>
    public static string? ExplainDoubt(string target) =>
        MistypedScheme.ExplainAddress(target, "udp") is { } doubt ? $"invalid recording target '{target}': {doubt}" : null;

    /// <summary>True when the target of a <c>C</c> is a host, not a file.</summary>
    public static bool IsHost(string target) => target.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads what <see cref="IsHost"/> recognised; the last colon separates the port.</summary>
    /// <param name="withRtcp">The next port is needed too.</param>
    /// <param name="error">One plain sentence when it is malformed.</param>
    public static bool TryParse(string target, bool withRtcp, out CopyTarget parsed, out string error)
    {
        parsed = default;
        ReadOnlySpan<char> text = target.AsSpan(Prefix.Length);
        int colon = text.LastIndexOf(':');
        if (colon < 0)
        {
            error = "remote recording target specification should include port number";
            return false;
        }

        int maxPort = withRtcp ? ushort.MaxValue - 1 : ushort.MaxValue;
        if (!ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            || port == 0
            || port > maxPort)
        {
            error = $"invalid port in the remote recording target specification: expected 1 to {maxPort}";
            return false;
        }

        if (colon == 0)
        {
            error = "remote recording target specification should include a host";
            return false;
        }

        ReadOnlySpan<char> host = text[..colon];
        if (!HostText.TryParseIPv4(host, out IPAddress? address) && !HostText.MayBeName(host))
        {
            error = $"'{host}' is neither an IPv4 address nor the name of a host";
            return false;
        }

        error = "";
        parsed = new CopyTarget(host.ToString(), port, address);
        return true;
    }
}
