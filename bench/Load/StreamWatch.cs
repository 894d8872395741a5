using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RtpProxy.Load;

/// <summary>Counts the packets of many RTP streams and how far their distance is from what it should be.</summary>
internal sealed class StreamWatch(TimeSpan distance)
{
    private const int HeaderLength = 12;

    private readonly Dictionary<uint, Last> _streams = [];
    private long _lost;

    /// <summary>Magnitude of (time between two packets of a stream - the right time).</summary>
    public LatencyHistogram Distances { get; } = new();

    public long Packets { get; private set; }

    public double LossPercent => 100.0 * _lost / Math.Max(1, Packets + _lost);

    /// <param name="arrivedAt">Nanoseconds of any clock.</param>
    public void Add(ReadOnlySpan<byte> packet, long arrivedAt)
    {
        if (packet.Length < HeaderLength)
        {
            return;
        }

        Packets++;
        ushort sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        ref Last last = ref CollectionsMarshal.GetValueRefOrAddDefault(_streams, ssrc, out bool isKnown);
        if (isKnown)
        {
            ushort missing = (ushort)(sequence - last.Sequence - 1);
            _lost += missing;
            if (missing == 0)
            {
                Distances.Add(Math.Abs(arrivedAt - last.At - (long)distance.TotalNanoseconds));
            }
        }

        last = new Last(sequence, arrivedAt);
    }

    private readonly record struct Last(ushort Sequence, long At);
}
