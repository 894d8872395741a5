using System.Collections.Immutable;
using System.Text;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.NgFront.Descriptions;

/// <summary>
/// What the relay keeps for us of an offer, until its answers are written: its media lines and the codecs that were taken out.
/// </summary>
internal static class OfferMemo
{
    private const byte Version = 1;

    public static byte[] Write(SdpFacts offer, CodecRules rules)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.Latin1);
        writer.Write(Version);
        writer.Write((byte)offer.Media.Length);
        foreach (SdpMediaFacts media in offer.Media)
        {
            writer.Write(media.Type);
            writer.Write(media.Protocol);
            writer.Write(media.Formats);
            writer.Write(media.Mid is not null);
            writer.Write(media.Mid ?? "");
            ImmutableArray<SdpCodec> stripped = CodecSelection.OfOffer(media.Codecs, rules).Stripped;
            writer.Write((byte)stripped.Length);
            foreach (SdpCodec codec in stripped)
            {
                writer.Write((byte)codec.PayloadType);
                writer.Write(codec.Name);
                writer.Write(codec.Clock);
                writer.Write(codec.Channels);
            }
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <returns>Null where there is nothing that we wrote: the answer's own lines are kept then.</returns>
    public static ImmutableArray<OfferedMedia>? Read(byte[] memo)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(memo), Encoding.Latin1);
            return memo.Length == 0 || reader.ReadByte() != Version ? null : Read(reader);
        }
        catch (IOException)
        {
            return null; // cut: by another version
        }
    }

    private static ImmutableArray<OfferedMedia> Read(BinaryReader reader)
    {
        var offered = ImmutableArray.CreateBuilder<OfferedMedia>();
        for (int count = reader.ReadByte(); count > 0; count--)
        {
            string type = reader.ReadString();
            string protocol = reader.ReadString();
            string formats = reader.ReadString();
            bool hasMid = reader.ReadBoolean();
            string mid = reader.ReadString();
            var stripped = ImmutableArray.CreateBuilder<SdpCodec>();
            for (int codecs = reader.ReadByte(); codecs > 0; codecs--)
            {
                stripped.Add(new SdpCodec(reader.ReadByte(), reader.ReadString(), reader.ReadInt32(), reader.ReadInt32()));
            }

            offered.Add(new OfferedMedia(type, protocol, formats, hasMid ? mid : null, stripped.ToImmutable()));
        }

        return offered.ToImmutable();
    }
}
