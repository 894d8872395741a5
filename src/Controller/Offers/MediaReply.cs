using System.Globalization;
using System.Net;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>
/// The reply to <c>U</c> or <c>L</c>: <c>PORT [ADDRESS [6]]</c>. Read leniently, because nodes of several makes answer:
/// surrounding blanks, further lines and further words (results of sub-commands) do not matter.
/// </summary>
/// <param name="Port">1 to 65,535.</param>
/// <param name="Address">The address as the node wrote it; null when it named none.</param>
/// <param name="Family">The family of <paramref name="Address"/>; null when the node named no address.</param>
public readonly record struct MediaReply(int Port, string? Address, SdpAddressFamily? Family)
{
    private const int MaxWords = 3;

    /// <summary>Reads a reply.</summary>
    /// <returns>False with a reason for errors, for 0 (no such session) and for anything that is no port.</returns>
    public static bool TryParse(string text, out MediaReply reply, out string reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        reply = default;
        reason = "";
        string[] words = text.Split([' ', '\t', '\r', '\n'], MaxWords + 1, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            reason = "the relay's reply is empty";
            return false;
        }

        if (!TryReadPort(words[0], out int port))
        {
            reason = words[0] == "0" ? "the relay knows no such session" : $"the relay replied {Printable(words[0])}";
            return false;
        }

        if (words.Length == 1)
        {
            reply = new MediaReply(port, null, null);
            return true;
        }

        // Without the 6 it is IPv4, whatever the word looks like.
        bool isIPv6 = words.Length > 2 && words[2][0] == '6';
        reply = new MediaReply(port, words[1], isIPv6 ? SdpAddressFamily.IPv6 : SdpAddressFamily.IPv4);
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

    private static bool TryReadPort(string word, out int port)
    {
        int digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(
                word.AsSpan(0, digits < 0 ? word.Length : digits),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out port)
            && port is > 0 and <= ushort.MaxValue;
    }

    // A node's text goes into reasons and from there into logs.
    private static string Printable(string word) =>
        string.Concat(word.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) || char.IsPunctuation(c) ? c : '?'));
}
