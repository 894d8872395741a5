using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>
/// The channels of both sides, by the arrival of their first packets. A source of one party that is in both files belongs to the
/// side that was loaded first.
/// </summary>
internal sealed class ChannelList(SpillFile spill)
{
    /// <summary>More sources than that are no call; those beyond are left out.</summary>
    public const int MaxChannels = 1_024;

    private const int MaxRestarts = 10_000; // of all sources together; further ones are put in order as they fall

    private readonly List<RecordedChannel> _channels = [];
    private readonly Dictionary<(Party Party, Ssrc Ssrc), RecordedChannel> _bySource = [];
    private int _restarts;

    public IReadOnlyList<RecordedChannel> Channels => _channels;

    /// <summary>Packets that will be decoded.</summary>
    public long PacketCount { get; private set; }

    /// <summary>False when there are too many sources.</summary>
    public bool TryAdd(Party party, Ssrc ssrc, RecordedSide side, in PacketEntry packet)
    {
        if (!_bySource.TryGetValue((party, ssrc), out RecordedChannel? channel))
        {
            if (_channels.Count == MaxChannels)
            {
                return false;
            }

            channel = new RecordedChannel(side, spill, () => _restarts++ < MaxRestarts);
            _bySource.Add((party, ssrc), channel);
            _channels.Insert(FindPlace(packet.ArrivalSeconds), channel);
        }

        if (channel.TryInsert(packet))
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
