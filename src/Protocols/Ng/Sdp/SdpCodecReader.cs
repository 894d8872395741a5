using System.Collections.Immutable;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>Reads the payload types of a media line and what <c>a=rtpmap</c> says about them.</summary>
internal static class SdpCodecReader
{
    private const int PayloadTypes = 128;

    public static ImmutableArray<SdpCodec> Read(string text, TextSpan formats, ImmutableArray<SdpAttribute> attributes)
    {
        // Which attribute names a payload type, counted from 1; of several the first.
        Span<int> namedBy = stackalloc int[PayloadTypes];
        namedBy.Clear();
        for (int i = attributes.Length - 1; i >= 0; i--)
        {
            if (attributes[i].Is(text, "rtpmap") && attributes[i].Value is { } value
                && MappedType(value.In(text)) is int type)
            {
                namedBy[type] = i + 1;
            }
        }

        ImmutableArray<SdpCodec>.Builder found = ImmutableArray.CreateBuilder<SdpCodec>();
        Span<bool> isSeen = stackalloc bool[PayloadTypes];
        isSeen.Clear();
        for (int position = formats.Start; position < formats.End;)
        {
            if (PayloadTypeOf(SdpWords.Next(text, ref position, formats.End).In(text)) is int type && !isSeen[type])
            {
                isSeen[type] = true;
                SdpCodec? named = namedBy[type] == 0
                    ? null
                    : ReadMapping(type, attributes[namedBy[type] - 1].Value!.Value.In(text));
                found.Add(named ?? StaticPayloadTypes.Find(type) ?? new SdpCodec(type, "", 0, 1));
            }
        }

        return found.DrainToImmutable();
    }

    /// <summary>0 to 127; null for anything else.</summary>
    public static int? PayloadTypeOf(ReadOnlySpan<char> text) =>
        SdpWords.ReadNumber(text) is int number and < PayloadTypes ? number : null;

    private static int? MappedType(ReadOnlySpan<char> value)
    {
        int blank = value.IndexOfAny(' ', '\t');
        return blank < 0 ? null : PayloadTypeOf(value[..blank]);
    }

    // 101 telephone-event/8000, or 96 opus/48000/2
    private static SdpCodec? ReadMapping(int type, ReadOnlySpan<char> value)
    {
        ReadOnlySpan<char> encoding = value[value.IndexOfAny(' ', '\t')..].Trim();
        int slash = encoding.IndexOf('/');
        if (slash is <= 0 or > SdpFacts.MaxName)
        {
            return null;
        }

        ReadOnlySpan<char> clock = encoding[(slash + 1)..];
        int second = clock.IndexOf('/');
        int channels = second < 0 ? 1 : SdpWords.ReadNumber(clock[(second + 1)..]) ?? 1;
        return SdpWords.ReadNumber(second < 0 ? clock : clock[..second]) is int ticks
            ? new SdpCodec(type, encoding[..slash].ToString(), ticks, channels)
            : null;
    }
}
