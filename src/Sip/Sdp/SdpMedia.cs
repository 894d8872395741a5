using System.Collections.Immutable;
using System.Globalization;

namespace RtpProxy.Sip.Sdp;

/// <summary>
/// One media description: an <c>m=</c> line and what follows it up to the next (RFC 8866 section 5.14).
/// </summary>
public sealed class SdpMedia
{
    // The lowest layer of transports that are none over UDP. "DTLS/SCTP" is the old name of UDP/DTLS/SCTP.
    private static readonly string[] NotOverUdp = ["TCP", "TLS", "SCTP", "DCCP", "MSRP", "MSRPS", "BFCP", "MRCPV2", "PSTN", "ATM", "HTTP", "HTTPS"];

    private readonly string _text;
    private readonly MediaDirection _sessionDirection;

    internal SdpMedia(
        string text,
        SdpMediaLine line,
        SdpAddress? connection,
        ImmutableArray<SdpAttribute> attributes,
        MediaDirection sessionDirection)
    {
        _text = text;
        Line = line;
        Connection = connection;
        Attributes = attributes;
        _sessionDirection = sessionDirection;
        IsOverUdp = IsSentInDatagrams(line.Transport.In(text));
        NeedsRelay = IsOverUdp && Port != 0;
    }

    /// <summary>The places of the words of the <c>m=</c> line.</summary>
    public SdpMediaLine Line { get; }

    /// <summary>
    /// The first <c>c=</c> of this description; null when it uses that of the session, or when it is media without a relay
    /// whose own line cannot be read.
    /// </summary>
    public SdpAddress? Connection { get; }

    public ImmutableArray<SdpAttribute> Attributes { get; }

    /// <summary><c>audio</c>, <c>video</c>, ...</summary>
    public string Type => Line.Type.Copy(_text);

    /// <summary>The port as written, with the number of ports behind a slash if given.</summary>
    public string PortText => Line.Port.Copy(_text);

    /// <summary>The port as a number, 0 for rejected media; null when it is none.</summary>
    public int? Port
    {
        get
        {
            ReadOnlySpan<char> text = Line.Port.In(_text);
            int slash = text.IndexOf('/');
            ReadOnlySpan<char> first = slash < 0 ? text : text[..slash];
            return ushort.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? port : null;
        }
    }

    /// <summary>
    /// The port of the first pair as text: without the number of ports, where that is one (RFC 8866 section 5.14), else as
    /// written.
    /// </summary>
    public string FirstPortText
    {
        get
        {
            ReadOnlySpan<char> text = Line.Port.In(_text);
            int slash = text.IndexOf('/');
            return slash >= 0
                && int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int ports) && ports > 0
                    ? text[..slash].ToString()
                    : text.ToString();
        }
    }

    /// <summary><c>RTP/AVP</c>, <c>UDP/TLS/RTP/SAVPF</c>, ..., as written.</summary>
    public string Transport => Line.Transport.Copy(_text);

    /// <summary>
    /// False for media over TCP and its like (RFC 4145, RFC 4571, RFC 4975, RFC 8841, RFC 8856): what is not named here is
    /// sent in datagrams.
    /// </summary>
    public bool IsOverUdp { get; }

    /// <summary>
    /// True for what a relay of datagrams can carry and somebody wants carried. Media with port 0 is refused, has ended, or
    /// goes with another description (RFC 3264 section 6, RFC 8843 section 6); nothing else in it has a meaning.
    /// </summary>
    public bool NeedsRelay { get; }

    /// <summary>Payload types or other formats, as written.</summary>
    public IEnumerable<string> Formats =>
        Line.Formats.Copy(_text).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The last <c>a=rtcp:</c> (RFC 3605); null when there is none.</summary>
    public SdpAttribute? Rtcp => Attributes.LastOrDefault(a => a.Value is not null && a.Is(_text, "rtcp"));

    /// <summary><c>a=rtcp-mux</c>: RTCP may come to the RTP port (RFC 5761).</summary>
    public bool HasRtcpMux => Attributes.Any(a => a.Is(_text, "rtcp-mux"));

    /// <summary><c>a=candidate:</c> lines in order (RFC 8839 section 5.1); one without a value is none.</summary>
    public IEnumerable<SdpAttribute> Candidates =>
        Attributes.Where(a => a.Value is { IsEmpty: false } && a.Is(_text, "candidate"));

    /// <summary><c>a=remote-candidates:</c>: connectivity checks have concluded (RFC 8839 section 5.2).</summary>
    public bool HasRemoteCandidates => Attributes.Any(a => a.Is(_text, "remote-candidates"));

    /// <summary>This description's own direction, else the session's, else both ways.</summary>
    public MediaDirection Direction => SdpDirection.Find(_text, Attributes) ?? _sessionDirection;

    private static bool IsSentInDatagrams(ReadOnlySpan<char> transport)
    {
        bool isLowest = true;
        for (ReadOnlySpan<char> rest = transport; !rest.IsEmpty;)
        {
            int slash = rest.IndexOf('/');
            ReadOnlySpan<char> name = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? default : rest[(slash + 1)..];
            if (name.Equals("TCP", StringComparison.OrdinalIgnoreCase) || (isLowest && IsAmong(NotOverUdp, name)))
            {
                return false;
            }

            isLowest = false;
        }

        return true;
    }

    private static bool IsAmong(string[] names, ReadOnlySpan<char> name)
    {
        foreach (string one in names)
        {
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
