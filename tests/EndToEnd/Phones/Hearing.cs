using System.Buffers.Binary;
using System.Net;

namespace RtpProxy.EndToEnd.Phones;

/// <summary>What a phone must have heard.</summary>
internal static class Hearing
{
    /// <summary>Waits until everything that <paramref name="talker"/> has sent is there, or fails saying what is missing.</summary>
    public static async Task ListenAsync(this RtpPhone listener, RtpPhone talker)
    {
        await listener.Rtp.ReceiveAsync(talker.PacketsSent);
        await listener.Rtcp.ReceiveAsync(talker.ReportsSent);
    }

    /// <summary>
    /// Every packet of <paramref name="talker"/> arrived once, in order, unchanged, from the address that the listener's SDP
    /// names, RTCP from the port above it, and nothing else arrived.
    /// </summary>
    public static void ShouldHaveHeardExactly(this RtpPhone listener, RtpPhone talker, IPEndPoint relay)
    {
        byte[][] sent = [.. Enumerable.Range(0, talker.PacketsSent).Select(i => NumberedPacket.Rtp(
            talker.Ssrc, (ushort)(talker.FirstSequence + i), talker.PayloadType, marker: i == 0))];
        listener.ShouldHaveReceived(sent, relay);

        string report = $"{talker.Ssrc:x8} from {new IPEndPoint(relay.Address, relay.Port + 1)}";
        listener.Rtcp.Arrivals
            .Select(arrival => $"{BinaryPrimitives.ReadUInt32BigEndian(arrival.Datagram.AsSpan(4)):x8} from {arrival.Source}")
            .ShouldBe(Enumerable.Repeat(report, talker.ReportsSent), $"RTCP at {listener.Rtcp.Local}");
    }

    /// <summary>Exactly these datagrams arrived on the RTP port, in this order, all from <paramref name="relay"/>.</summary>
    public static void ShouldHaveReceived(this RtpPhone listener, IReadOnlyList<byte[]> expected, IPEndPoint relay)
    {
        IReadOnlyList<Arrival> arrivals = listener.Rtp.Arrivals;
        arrivals.Select(arrival => arrival.Source).Distinct().ShouldBeSubsetOf([relay], $"sources at {listener.Rtp.Local}");
        arrivals.Select(arrival => Name(arrival.Datagram)).ShouldBe(expected.Select(Name), $"packets at {listener.Rtp.Local}");
        for (int i = 0; i < expected.Count; i++)
        {
            arrivals[i].Datagram.ShouldBe(expected[i]);
        }
    }

    /// <summary>Takes out what does not belong to the stream of <paramref name="talker"/>.</summary>
    public static IReadOnlyList<Arrival> TakeOthersThan(this RtpPhone listener, RtpPhone talker) =>
        listener.Rtp.Take(arrival =>
            !NumberedPacket.TryReadRtp(arrival.Datagram, out uint ssrc, out _) || ssrc != talker.Ssrc);

    /// <summary>These are one RTP stream of PCMU from <paramref name="relay"/> that plays the prompt from its beginning.</summary>
    public static void ShouldBePlayed(this IReadOnlyList<Arrival> packets, byte[] prompt, IPEndPoint relay)
    {
        packets.Select(packet => packet.Source).Distinct().ShouldBe([relay]);
        packets.Select(packet => BinaryPrimitives.ReadUInt32BigEndian(packet.Datagram.AsSpan(8))).Distinct().Count().ShouldBe(1);
        packets.Select(packet => packet.Datagram[1] & 0x7F).Distinct().ShouldBe([0]);
        ushort first = BinaryPrimitives.ReadUInt16BigEndian(packets[0].Datagram.AsSpan(2));
        packets.Select(packet => BinaryPrimitives.ReadUInt16BigEndian(packet.Datagram.AsSpan(2)))
            .ShouldBe(Enumerable.Range(0, packets.Count).Select(i => (ushort)(first + i)));
        byte[] heard = [.. packets.SelectMany(packet => packet.Datagram.Skip(NumberedPacket.HeaderLength))];
        heard.ShouldBe([.. Enumerable.Range(0, heard.Length).Select(i => prompt[i % prompt.Length])]);
    }

    /// <summary>Whether every packet of this phone is found in a file, one after the other.</summary>
    public static bool IsWholeIn(this RtpPhone talker, ReadOnlySpan<byte> file)
    {
        for (int i = 0; i < talker.PacketsSent; i++)
        {
            byte[] packet = NumberedPacket.Rtp(
                talker.Ssrc, (ushort)(talker.FirstSequence + i), talker.PayloadType, marker: i == 0);
            int at = file.IndexOf(packet);
            if (at < 0)
            {
                return false;
            }

            file = file[(at + packet.Length)..];
        }

        return true;
    }

    public static void ShouldHaveReceivedNothing(this RtpPhone phone)
    {
        phone.Rtp.Arrivals.Select(arrival => Name(arrival.Datagram)).ShouldBeEmpty($"packets at {phone.Rtp.Local}");
        phone.Rtcp.Arrivals.ShouldBeEmpty($"RTCP at {phone.Rtcp.Local}");
    }

    private static string Name(byte[] datagram) =>
        NumberedPacket.TryReadRtp(datagram, out uint ssrc, out ushort sequence)
            ? $"{ssrc:x8}/{sequence}"
            : Convert.ToHexStringLower(datagram);
}
