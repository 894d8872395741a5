using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>
/// The channels of both sides, by the arrival of their first packets. A source that is in both files belongs to the side
/// that was loaded first.
/// </summary>
internal sealed class ChannelList(SpillFile spill)
{
    /// <summary>More sources than that are no call; those beyond are left out.</summary>
    public const int MaxChannels = 1_024;

    private readonly List<RecordedChannel> _channels = [];
    private readonly Dictionary<Ssrc, RecordedChannel> _bySsrc = [];

    public IReadOnlyList<RecordedChannel> Channels => _channels;

    /// <summary>Packets that will be decoded.</summary>
    public long PacketCount { get; private set; }

    /// <summary>False when there are too many sources.</summary>
    public bool TryAdd(Ssrc ssrc, RecordedSide side, in PacketEntry packet)
    {
        if (!_bySsrc.TryGetValue(ssrc, out RecordedChannel? channel))
        {
            if (_channels.Count == MaxChannels)
            {
                return false;
            }

            channel = new RecordedChannel(ssrc, side, spill);
            _bySsrc.Add(ssrc, channel);
            _channels.Insert(FindPlace(packet.ArrivalSeconds), channel);
        }

        if (channel.Packets.TryInsert(packet))
        {
            PacketCount++;
        }

        return true;
    }

    /// <summary>After the last channel whose first packet arrived strictly earlier.</summary>
    private int FindPlace(double arrivalSeconds)
    {
        int place = _channels.Count;
        while (place > 0 && !(_channels[place - 1].StartSeconds < arrivalSeconds))
        {
            place--;
        }

        return place;
    }
}
