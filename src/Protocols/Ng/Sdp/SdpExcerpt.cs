using System.Text;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// What is kept of a media line to describe it to others later (ng protocol, section 3.10): a description of that line alone,
/// without addresses and keys.
/// </summary>
public static class SdpExcerpt
{
    /// <summary>Characters that are kept of one line; attributes that are too many are left out.</summary>
    public const int MaxLength = 4096;

    // What is missing in it to be a description.
    private const string Before = "v=0\r\nc=IN IP4 0.0.0.0\r\n";

    /// <returns>Latin-1; null for media that nobody else can hear: what is not relayed, and what the parties encrypt.</returns>
    public static byte[]? Write(SdpFacts facts, SdpMediaFacts media)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(media);
        if (!media.NeedsPorts || media.IsSecure)
        {
            return null;
        }

        var kept = new StringBuilder();
        if (media.Index == 1)
        {
            // Of the session: who began it, and what it is called.
            foreach (SdpLine line in facts.Session.Lines.Span)
            {
                if (line.Type is 'o' or 's' && line.Line.Length <= SdpFacts.MaxName)
                {
                    kept.Append(line.Line.In(facts.Text)).Append("\r\n");
                }
            }
        }

        kept.Append(media.Section.Lines.Span[0].Line.In(facts.Text)).Append("\r\n");
        foreach (SdpAttribute attribute in media.Section.Attributes)
        {
            if (IsKept(attribute.Name.In(facts.Text), media.Kind) && kept.Length + attribute.Line.Length + 2 <= MaxLength)
            {
                kept.Append(attribute.Line.In(facts.Text)).Append("\r\n");
            }
        }

        return Encoding.Latin1.GetBytes(kept.ToString());
    }

    /// <returns>Null for what <see cref="Write"/> did not write.</returns>
    public static SdpFacts? Read(byte[]? excerpt) =>
        excerpt is not null && SdpFacts.TryRead(Before + Encoding.Latin1.GetString(excerpt), out SdpFacts? facts, out _) ? facts : null;

    private static bool IsKept(ReadOnlySpan<char> name, SdpMediaKind kind) => kind == SdpMediaKind.Rtp
        ? AttributeKinds.IsOfPayloadType(name) || name is "ptime" or "label"
        : !AttributeKinds.IsDirection(name) && !AttributeKinds.IsIce(name) && !AttributeKinds.IsKeying(name)
            && name is not ("rtcp" or "rtcp-mux" or "mid" or "bundle-only");
}
