using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>One media description that needs a relay, and what a command says of it.</summary>
/// <param name="Number">
/// 1 for the first of the message, counted over all its descriptions, refused media included.
/// </param>
/// <param name="Media">The media description.</param>
/// <param name="Connection">The address it uses.</param>
/// <param name="Text">The text that both are views of.</param>
internal sealed record MediaLine(int Number, SdpMedia Media, SdpAddress Connection, string Text)
{
    private const int MaxPayloadType = 127;

    /// <summary>
    /// The address of <see cref="Connection"/>, without a zone, which means something to the sender alone (RFC 4007 section
    /// 6). Null when it is a host name, which no command can carry.
    /// </summary>
    public string? AddressText
    {
        get
        {
            string word = Connection.Address.Copy(Text);
            int zone = word.IndexOf('%', StringComparison.Ordinal);
            string address = zone < 0 ? word : word[..zone];
            return IsName(address) ? null : address;
        }
    }

    public bool IsMulticast =>
        Connection.Address.Copy(Text).Split('/')[0] is var address
        && IPAddress.TryParse(address, out IPAddress? parsed)
        && (parsed.IsIPv6Multicast || (parsed.AddressFamily == AddressFamily.InterNetwork && parsed.GetAddressBytes()[0] is >= 224 and < 240));

    /// <summary>Payload types joined by commas; null when the medium is not RTP or has none.</summary>
    public string? CodecList()
    {
        if (!Media.Transport.Contains("RTP", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Whatever is not a digit separates, so that "0 8 101" and "0,8,101" read alike.
        var list = new StringBuilder();
        char previous = ' ';
        foreach (char c in Media.Line.Formats.In(Text))
        {
            if (char.IsAsciiDigit(c))
            {
                list.Append(list.Length > 0 && !char.IsAsciiDigit(previous) ? "," : "").Append(c);
            }

            previous = c;
        }

        return list.Length == 0 ? null : list.ToString();
    }

    /// <summary>The payload type that is mapped to <c>telephone-event</c> (RFC 4733 section 7.1.1); null when none is.</summary>
    public byte? TelephoneEventType()
    {
        foreach (SdpAttribute attribute in Media.Attributes)
        {
            if (attribute.Is(Text, "rtpmap")
                && attribute.Value?.Copy(Text).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var type, var encoding, ..]
                && encoding.StartsWith("telephone-event/", StringComparison.OrdinalIgnoreCase)
                && byte.TryParse(type, NumberStyles.None, CultureInfo.InvariantCulture, out byte number)
                && number <= MaxPayloadType)
            {
                return number;
            }
        }

        return null;
    }

    /// <summary>Those that need a relay, numbered among all.</summary>
    public static ImmutableArray<MediaLine> All(ImmutableArray<SdpBody> bodies)
    {
        ImmutableArray<MediaLine>.Builder lines = ImmutableArray.CreateBuilder<MediaLine>();
        int number = 0;
        foreach (SdpBody body in bodies)
        {
            foreach (SdpSession session in body.Sessions)
            {
                foreach (SdpMedia media in session.Media)
                {
                    number++;
                    if (media.NeedsRelay)
                    {
                        lines.Add(new MediaLine(number, media, session.ConnectionOf(media)!, body.Text));
                    }
                }
            }
        }

        return lines.DrainToImmutable();
    }

    // Letters, digits, dots and hyphens (RFC 1123 section 2.1), some letter among them.
    private static bool IsName(string address) =>
        address.Any(char.IsAsciiLetter) && address.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');
}
