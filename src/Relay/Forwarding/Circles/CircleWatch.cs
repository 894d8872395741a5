using RtpProxy.Relay.Events;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Circles;

/// <summary>Packets that have been here before and come round through other relays (media rules, section 3.8).</summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class CircleWatch(RepeatTable repeats, RelayStatistics statistics, IEventSink events)
{
    private const int SequenceOffset = 2; // of the two bytes in an RTP header (RFC 3550 section 5.1)
    private const int AfterSequence = 4;

    /// <summary>Whether the packet, which is RTP, goes round in a circle, and ends here.</summary>
    public bool Drops(in Passage passage, in RtpPacket packet)
    {
        RelayStream stream = passage.Stream;
        ReadOnlySpan<byte> datagram = passage.Bytes;
        bool circles = stream.Repeats.IsSuspect(packet.Ssrc, packet.Sequence, passage.Now, out bool wasSeen)
            && repeats.CountNumbered(
                stream.Number, datagram[..RtpPacket.FixedHeaderLength], datagram.Length, wasSeen, passage.Now);

        // A re-framer gives packets new numbers, so there the rest of the packet has to tell.
        circles |= stream.Leg is { Resizer: not null } or { Numbers: not null }
            && repeats.CountContent(stream.Number, datagram[..SequenceOffset], datagram[AfterSequence..], passage.Now);
        return circles && Drop(passage);
    }

    /// <summary>The same of any other packet.</summary>
    public bool Drops(in Passage passage) =>
        repeats.CountContent(passage.Stream.Number, passage.Bytes, default, passage.Now) && Drop(passage);

    private bool Drop(in Passage passage)
    {
        if (passage.Stream.Dropped(DropReason.Circling) == 0)
        {
            events.On(new RelayEvent.PacketCircling(passage.Stream, passage.Source));
        }

        if (passage.Stream.Kind == StreamKind.Rtp)
        {
            passage.Stream.Leg.Evidence.CirclingAt = passage.Now;
        }

        statistics.CountDrop(passage.Stream, DropReason.Circling);
        return true;
    }
}
