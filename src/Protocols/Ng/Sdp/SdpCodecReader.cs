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
        var named = new SdpCodec?[PayloadTypes];
        foreach (SdpAttribute attribute in attributes)
        {
            // Of a payload type that is mapped twice the first mapping counts.
            if (attribute.Is(text, "rtpmap") && attribute.Value is { } value
                && ReadMapping(value.In(text)) is { } codec && named[codec.PayloadType] is null)
            {
                named[codec.PayloadType] = codec;
            }
        }

        ImmutableArray<SdpCodec>.Builder found = ImmutableArray.CreateBuilder<SdpCodec>();
        Span<bool> isSeen = stackalloc bool[PayloadTypes];
        for (int position = formats.Start; position < formats.End;)
        {
            if (PayloadTypeOf(SdpWords.Next(text, ref position, formats.End).In(text)) is int type && !isSeen[type])
            {
                isSeen[type] = true;
                found.Add(named[type] ?? StaticPayloadTypes.Find(type) ?? new SdpCodec(type, "", 0, 1));
            }
        }

        return found.DrainToImmutable();
    }

    /// <summary>0 to 127; null for anything else.</summary>
    public static int? PayloadTypeOf(ReadOnlySpan<char> text) =>
        SdpWords.ReadNumber(text) is int number and < PayloadTypes ? number : null;

    // 101 telephone-event/8000, or 96 opus/48000/2
    private static SdpCodec? ReadMapping(ReadOnlySpan<char> value)
    {
        int blank = value.IndexOfAny(' ', '\t');
        if (blank < 0 || PayloadTypeOf(value[..blank]) is not int type)
        {
            return null;
        }

        ReadOnlySpan<char> encoding = value[blank..].Trim();
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
