using System.Globalization;
using System.Net;
using RtpProxy.Lines;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>
/// The reply to <c>U</c> or <c>L</c>, <c>PORT [ADDRESS [6]]</c>, in the words of SDP. It is read as leniently as any
/// <see cref="Reply"/>: nodes of several makes answer.
/// </summary>
/// <param name="Port">1 to 65,535.</param>
/// <param name="Address">The address as the node wrote it; null when it named none.</param>
/// <param name="Family">The family of <paramref name="Address"/>; null when the node named no address.</param>
internal readonly record struct MediaReply(int Port, string? Address, SdpAddressFamily? Family)
{
    /// <summary>Reads a reply.</summary>
    /// <returns>False with a reason for errors, for 0 (no such session) and for anything that is no port.</returns>
    public static bool TryParse(string text, out MediaReply reply, out string reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        reply = default;
        reason = "";
        if (!Reply.TryParse(text, out Reply? answer) || answer is null || answer.Words is not [var first, ..])
        {
            reason = "the relay's reply is empty";
            return false;
        }

        if (!answer.TryGetPort(out PortReply port))
        {
            reason = (ErrorCode?)ErrorOf(first) switch
            {
                _ when first == "0" => "the relay knows no such session",
                ErrorCode.NotificationsOff => "the relay replied E75: it was started without -n, which a TimeoutSocket needs",
                _ => $"the relay replied {PeerText.Brief(first)}",
            };
            return false;
        }

        SdpAddressFamily? family = port.Address is null ? null : port.IsIPv6 ? SdpAddressFamily.IPv6 : SdpAddressFamily.IPv4;
        reply = new MediaReply(port.Port, port.Address, family);
        return true;
    }

    /// <summary>This reply with another address, unless it names one of the other family.</summary>
    public MediaReply Advertising(IPAddress advertised)
    {
        ArgumentNullException.ThrowIfNull(advertised);
        SdpAddressFamily family = MediaCommandBuilder.FamilyOf(advertised);
        return Family is null || Family == family ? new MediaReply(Port, advertised.ToString(), family) : this;
    }

    /// <summary>The number of an error reply (<c>E37</c>); null for anything else.</summary>
    public static int? ErrorOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> word = text.AsSpan().Trim();
        int end = word.IndexOfAny(" \t\r\n");
        word = end < 0 ? word : word[..end];
        return word is ['E' or 'e', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
    }

    /// <summary>
    /// True for the errors of a node that has no room for another call, or takes none because it drains: another node may
    /// have some.
    /// </summary>
    public static bool IsFull(int? error) => (ErrorCode?)error
        is ErrorCode.LegPorts or ErrorCode.SessionPorts or ErrorCode.Overload or ErrorCode.Shutdown;
}
