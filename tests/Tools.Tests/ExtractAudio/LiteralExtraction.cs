using RtpProxy.Codecs.G711;
using RtpProxy.Rtp;

namespace RtpProxy.Tools.Tests.ExtractAudio;

/// <summary>
/// The rules of loading, decoding and mixing written down word for word, with everything in lists: slow, for G.711 only, and
/// what the streaming implementation must agree with.
/// </summary>
internal sealed class LiteralExtraction(bool noSync)
{
    private readonly List<Channel> _channels = [];

    private sealed record Packet(double Arrival, uint Timestamp, ushort Sequence, int Type, byte[] Payload);

    private sealed class Channel
    {
        public required uint Ssrc { get; init; }

        public required bool IsAnswer { get; init; }

        public List<Packet> Packets { get; } = [];

        public Queue<short> Buffer { get; } = [];

        public long Skip { get; set; }

        public int Head { get; set; }

        public uint NextTimestamp { get; set; }

        public uint StartTimestamp { get; set; }

        public double StartTime { get; set; }

        public long Produced { get; set; }
    }

    public void Load(RecordedCall call, bool isAnswer)
    {
        foreach ((double arrival, byte[] bytes) in call.Packets)
        {
            if (RtpPacket.TryParseKnownRtp(bytes, out RtpPacket rtp) != RtpParseError.None || rtp.SampleCount <= 0)
            {
                continue;
            }

            uint ssrc = rtp.Ssrc.Value;
            Channel? channel = _channels.Find(one => one.Ssrc == ssrc);
            if (channel is null)
            {
                channel = new Channel { Ssrc = ssrc, IsAnswer = isAnswer };
                int after = _channels.FindLastIndex(one => one.Packets[0].Arrival < arrival);
                _channels.Insert(after + 1, channel);
            }

            Packet packet = new(
                arrival, rtp.Timestamp.Value, rtp.Sequence.Value, rtp.PayloadType.Value, rtp.Payload.ToArray());
            int place = channel.Packets.Count;
            bool isDuplicate = false;
            while (place > 0)
            {
                Packet other = channel.Packets[place - 1];
                if (other.Sequence == packet.Sequence)
                {
                    isDuplicate = true;
                    break;
                }

                if (other.Timestamp < packet.Timestamp || other.Sequence < packet.Sequence)
                {
                    break;
                }

                place--;
            }

            if (!isDuplicate)
            {
                channel.Packets.Insert(place, packet);
            }
        }
    }

    /// <summary>Pairs of A and B.</summary>
    public List<(short Answer, short Originate)> Mix()
    {
        double start = _channels.Min(channel => channel.Packets[0].Arrival);
        foreach (Channel channel in _channels)
        {
            channel.StartTime = channel.Packets[0].Arrival;
            channel.NextTimestamp = channel.StartTimestamp = channel.Packets[0].Timestamp;
            channel.Skip = noSync ? 0 : (long)((channel.StartTime - start) * 8_000);
        }

        List<(short, short)> mix = [];
        for (long i = 0; ; i++)
        {
            int?[] side = new int?[2];
            foreach (Channel channel in _channels.ToList())
            {
                int index = channel.IsAnswer ? 0 : 1;
                if (channel.Skip > i || (noSync && side[index] is not null))
                {
                    continue;
                }

                if (Take(channel) is not { } sample)
                {
                    _channels.Remove(channel);
                    continue;
                }

                side[index] = side[index] is { } sum ? (sum + sample) / 2 : sample;
            }

            if (_channels.Count == 0)
            {
                return mix;
            }

            mix.Add(((short)(side[0] ?? 0), (short)(side[1] ?? 0)));
        }
    }

    private short? Take(Channel channel)
    {
        while (channel.Buffer.Count == 0)
        {
            if (channel.Head == channel.Packets.Count)
            {
                return null;
            }

            Packet packet = channel.Packets[channel.Head];
            double elapsed = packet.Arrival - channel.StartTime;
            if (unchecked(packet.Timestamp - channel.StartTimestamp) / 8_000 > elapsed + 1.0)
            {
                channel.NextTimestamp = packet.Timestamp;
                channel.StartTimestamp = unchecked(packet.Timestamp - (uint)(long)Math.Truncate(elapsed * 8_000));
            }

            // The second condition is ours: without it a late packet at the wrap makes six days of silence.
            uint ahead = unchecked(packet.Timestamp - channel.NextTimestamp);
            if (channel.NextTimestamp < packet.Timestamp && ahead <= 1u << 31)
            {
                uint gap = Math.Min(ahead, 4_000);
                channel.NextTimestamp += gap;
                Silence(channel, gap);
            }
            else if (elapsed - (channel.Produced / 8_000.0) > 0.2)
            {
                Silence(channel, Math.Min((long)Math.Truncate(((elapsed * 8_000) - channel.Produced) / 2), 4_000));
            }
            else
            {
                foreach (byte code in packet.Payload.Take(4_096))
                {
                    channel.Buffer.Enqueue(packet.Type == 8 ? ALaw.Decode(code) : MuLaw.Decode(code));
                    channel.NextTimestamp++;
                    channel.Produced++;
                }

                channel.Head++;
            }
        }

        return channel.Buffer.Dequeue();
    }

    private void Silence(Channel channel, long samples)
    {
        channel.Produced += samples;
        for (long i = 0; i < samples && !noSync; i++)
        {
            channel.Buffer.Enqueue(0);
        }
    }
}
