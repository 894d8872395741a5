using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Figures;

namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>The lists <c>flags</c> of media lines and streams (ng protocol, 7.1).</summary>
internal static class FlagWords
{
    // In the order of the bits.
    private static readonly string[] OfMedia =
        ["initialized", "asymmetric", "send", "recv", "rtcp-mux", "passthrough", "RTCP feedback"];

    private static readonly string[] OfStreams =
        ["RTP", "RTCP", "fallback RTCP", "filled", "confirmed", "strict source address", "media handover"];

    public static void Write(NgWriter writer, MediaFlags flags) => Write(writer, OfMedia, (int)flags);

    public static void Write(NgWriter writer, StreamFlags flags) => Write(writer, OfStreams, (int)flags);

    private static void Write(NgWriter writer, string[] words, int flags)
    {
        writer.BeginList("flags");
        for (int bit = 0; bit < words.Length; bit++)
        {
            if ((flags & (1 << bit)) != 0)
            {
                writer.Text(words[bit]);
            }
        }

        writer.End();
    }
}
