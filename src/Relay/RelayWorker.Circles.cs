using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding.Circles;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <content>Packets that have been here before and come round through other relays (media rules, section 3.8).</content>
public sealed partial class RelayWorker
{
    private const int SequenceOffset = 2; // of the two bytes in an RTP header (RFC 3550 section 5.1)
    private const int AfterSequence = 4;

    private readonly RepeatTable _repeats;

    private bool IsCircling(RelayStream stream, in Endpoint source, in RtpPacket packet, Instant now)
    {
        ReadOnlySpan<byte> datagram = packet.Datagram;
        bool circles = stream.Repeats.IsSuspect(packet.Ssrc, packet.Sequence, now, out bool wasSeen)
            && _repeats.CountNumbered(
                stream.Number, datagram[..RtpPacket.FixedHeaderLength], datagram.Length, wasSeen, now);

        // A re-framer gives packets new numbers, so there the rest of the packet has to tell.
        circles |= stream.Leg is { Resizer: not null } or { Numbers: not null }
            && _repeats.CountContent(stream.Number, datagram[..SequenceOffset], datagram[AfterSequence..], now);
        return circles && DropCircling(stream, source);
    }

    private bool IsCircling(RelayStream stream, in Endpoint source, ReadOnlySpan<byte> datagram, Instant now) =>
        _repeats.CountContent(stream.Number, datagram, default, now) && DropCircling(stream, source);

    private bool DropCircling(RelayStream stream, in Endpoint source)
    {
        if (stream.Dropped(DropReason.Circling) == 0)
        {
            World.Events.On(new RelayEvent.PacketCircling(stream, source));
        }

        Drop(stream, DropReason.Circling);
        return true;
    }
}
