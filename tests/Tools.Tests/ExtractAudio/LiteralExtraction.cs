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

        public List<List<Packet>> Parts { get; } = [[]];

        public List<Packet> Packets => [.. Parts.SelectMany(part => part)];

        public Packet? Furthest { get; set; }

        public bool FollowsByWrap { get; set; }

        public int HeldUpTo { get; set; }

        public int PauseBefore { get; set; } = -1;

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
            AddTo(channel, packet);
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

    /// <summary>Where the numbers begin anew, a new list begins; else the plain rule holds within the latest.</summary>
    private static void AddTo(Channel channel, Packet packet)
    {
        List<Packet> part = channel.Parts[^1];
        if (channel.Furthest is not { } last)
        {
            channel.Furthest = packet;
            part.Add(packet);
            return;
        }

        int ahead = (short)(packet.Sequence - last.Sequence);
        int timestampAhead = (int)(packet.Timestamp - last.Timestamp);
        if (ahead > 0)
        {
            if (packet.Sequence < last.Sequence && packet.Timestamp < last.Timestamp)
            {
                channel.Parts.Add([]);
                channel.FollowsByWrap = true;
            }

            channel.Furthest = packet;
            Insert(channel.Parts[^1], packet);
        }
        else if (channel.FollowsByWrap && ahead < 0 && packet.Sequence > last.Sequence)
        {
            Insert(channel.Parts[^2], packet);
        }
        else if (ahead == 0 || timestampAhead >= 0)
        {
            channel.Furthest = ahead < -100 ? packet : last;
            Insert(part, packet);
        }
        else
        {
            double late = packet.Arrival - (last.Arrival + (timestampAhead / 8_000.0));
            bool isPlausible = (timestampAhead / ahead) is >= 40 and <= 2_400
                && (short)(packet.Sequence - part[0].Sequence) >= 0;
            if (Math.Abs(late) <= 3)
            {
                Insert(part, packet);
            }
            else if (!(isPlausible && Insert(part, packet)))
            {
                channel.Parts.Add([packet]);
                channel.FollowsByWrap = false;
                channel.Furthest = packet;
            }
        }
    }

    private static bool Insert(List<Packet> packets, Packet packet)
    {
        int place = packets.Count;
        while (place > 0)
        {
            Packet other = packets[place - 1];
            if (other.Sequence == packet.Sequence)
            {
                return false;
            }

            if (other.Timestamp < packet.Timestamp || other.Sequence < packet.Sequence)
            {
                break;
            }

            place--;
        }

        packets.Insert(place, packet);
        return true;
    }

    /// <summary>Whether a late packet comes after a pause, or was held up while others behind it were not.</summary>
    private static bool IsPauseBefore(Channel channel, Packet packet, double elapsed)
    {
        if (channel.Head < channel.HeldUpTo)
        {
            return false;
        }

        if (channel.PauseBefore == channel.Head || elapsed - (channel.Produced / 8_000.0) <= 1)
        {
            return true;
        }

        List<Packet> packets = channel.Packets;
        for (int i = channel.Head + 1; i < packets.Count; i++)
        {
            int ahead = (int)(packets[i].Timestamp - packet.Timestamp);
            if (ahead < 0 || packets[i].Arrival > packet.Arrival + 1)
            {
                break;
            }

            if (packets[i].Arrival - channel.StartTime - ((channel.Produced + ahead) / 8_000.0) <= 0.2)
            {
                channel.HeldUpTo = i;
                return false;
            }
        }

        channel.PauseBefore = channel.Head;
        return true;
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
            uint ahead = unchecked(packet.Timestamp - channel.NextTimestamp);
            bool isAhead = ahead is > 0 and <= 1u << 31;
            if (unchecked(packet.Timestamp - channel.StartTimestamp) / 8_000 > elapsed + 1.0
                || (isAhead && channel.Produced + ahead > (elapsed + 1.0) * 8_000))
            {
                channel.NextTimestamp = packet.Timestamp;
                channel.StartTimestamp = unchecked(packet.Timestamp - (uint)(long)Math.Truncate(elapsed * 8_000));
                isAhead = false;
            }

            if (isAhead)
            {
                uint gap = Math.Min(ahead, 4_000);
                channel.NextTimestamp += gap;
                Silence(channel, gap);
            }
            else if (elapsed - (channel.Produced / 8_000.0) > 0.2 && IsPauseBefore(channel, packet, elapsed))
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
