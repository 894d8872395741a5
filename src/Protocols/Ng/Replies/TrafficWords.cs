using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Figures;

namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>The keys of <c>stats</c> and everything like it.</summary>
internal static class TrafficWords
{
    public static void Write(NgWriter writer, TrafficFigures traffic)
    {
        writer.Number("packets", traffic.Packets);
        writer.Number("bytes", traffic.Bytes);
        writer.Number("errors", traffic.Errors);
    }
}
