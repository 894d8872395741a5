using System.Collections.Immutable;
using System.Text;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// What is kept of a media line to describe it to others later (docs/ng.md, recording servers): a description of that line alone,
/// without addresses and keys.
/// </summary>
public static class SdpExcerpt
{
    /// <summary>Characters that are kept of one line; attributes that are too many are left out.</summary>
    public const int MaxLength = 4096;

    // What is missing in it to be a description.
    private const string Before = "v=0\r\nc=IN IP4 0.0.0.0\r\n";

    /// <param name="only">Of who was answered, what was taken: one codec (<see cref="CodecRules.IsSingle"/>); null for all of them.</param>
    /// <returns>Latin-1; null for media that nobody else can hear: what is not relayed, and what the parties encrypt.</returns>
    public static byte[]? Write(SdpFacts facts, SdpMediaFacts media, CodecRules? only = null)
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
            foreach (SdpLine each in facts.Session.Lines.Span)
            {
                if (each.Type is 'o' or 's' && each.Line.Length <= SdpFacts.MaxName)
                {
                    kept.Append(each.Line.In(facts.Text)).Append("\r\n");
                }
            }
        }

        TextSpan line = media.Section.Lines.Span[0].Line;
        ReadOnlySpan<char> title = line.In(facts.Text);
        bool isSingle = only is not null && media.Kind == SdpMediaKind.Rtp;
        ImmutableArray<SdpCodec> codecs = isSingle ? CodecSelection.OfAnswer(media.Codecs, only! with { IsSingle = true }, []).Kept : [];
        kept.Append(isSingle ? title[..(media.Line.Formats.Start - line.Start)] : title)
            .AppendJoin(' ', codecs.Select(codec => codec.PayloadType))
            .Append("\r\n");
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
