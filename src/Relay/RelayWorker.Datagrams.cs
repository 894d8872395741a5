using RtpProxy.Relay.Events;
using RtpProxy.Relay.Latching;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <content>
/// A packet's way: latch, analyser, re-packetiser, player gate, observers, relay (media rules, section 0). Each datagram
/// ends in one counter.
/// </content>
public sealed partial class RelayWorker
{
    private const int DoublingLimit = 128; // bytes; option -2 (media rules, section 3.2)
    private const int MaxMovesTold = 10; // of a stream; a sender can move with every packet
    private const int MaxSsrcChangesTold = 10; // of a leg; the same

    /// <summary>A datagram arrived on one of this worker's ports. The bytes are borrowed for the call.</summary>
    public void OnDatagram<TSink>(PortId port, in Endpoint source, in Datagram datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        if (StreamOf(port) is not { } stream)
        {
            Statistics.CountDrop(DropReason.NoSession);
            return;
        }

        Leg leg = stream.Leg;
        if (!leg.Session.IsComplete)
        {
            Drop(stream, DropReason.SessionIncomplete);
            return;
        }

        Statistics.Count(RelayCounter.PacketsReceived);
        if (IsDisbelieved(stream, source))
        {
            Drop(stream, DropReason.UnknownSource);
        }
        else if (stream.Kind == StreamKind.Rtp)
        {
            OnRtp(leg, source, datagram.Bytes, arrival, ref sink);
        }
        else if (Admit(stream, source, leg.RtcpLatch.OnPacket(source, arrival.Now), arrival.Now)
            && !IsCircling(stream, source, datagram.Bytes, arrival.Now))
        {
            stream.CountReceived(arrival);
            Pass(stream, source, datagram.Bytes, arrival, ref sink);
        }
    }

    private void OnRtp<TSink>(Leg leg, in Endpoint source, Span<byte> datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        RelayStream stream = leg.Rtp;
        bool isRtp = RtpPacket.TryParse(datagram, out RtpPacket packet) == RtpParseError.None;
        PacketEvidence evidence = isRtp ? PacketEvidence.From(packet) : PacketEvidence.FromOther(datagram);
        if (!Admit(stream, source, leg.RtpLatch.OnPacket(source, evidence, arrival.Now), arrival.Now)
            || (isRtp ? IsCircling(stream, source, packet, arrival.Now) : IsCircling(stream, source, datagram, arrival.Now)))
        {
            return;
        }

        stream.CountReceived(arrival);
        if (isRtp)
        {
            Analyse(leg, packet, arrival);
        }
        else
        {
            leg.Reception.OnParseError();
        }

        if (isRtp && leg.Resizer is { } resizer)
        {
            Resize(leg, resizer, source, packet, datagram, arrival, ref sink);
            return;
        }

        if (isRtp && leg.Numbers is { } numbers)
        {
            Number(numbers, packet, datagram); // it was re-framed before
        }

        Pass(stream, source, datagram, arrival, ref sink);
    }

    private void Analyse(Leg leg, in RtpPacket packet, in Arrival arrival)
    {
        Ssrc? ssrcBefore = leg.Reception.LastSsrc;
        SequenceNumber? sequenceBefore = leg.Reception.LastSequence;
        if (leg.Reception.OnPacket(packet, arrival.Now.Nanoseconds) == ReceptionResult.SsrcChanged
            && leg.Reception.SsrcChanges <= MaxSsrcChangesTold)
        {
            World.Events.On(new RelayEvent.SsrcChanged(
                leg, ssrcBefore!.Value, sequenceBefore!.Value, packet.Ssrc, packet.Sequence));
        }
    }

    /// <summary>Does what a latch decided: counts a stranger, or tells and acts when a party was settled somewhere.</summary>
    private bool Admit(RelayStream stream, in Endpoint source, LatchVerdict verdict, Instant now)
    {
        if (verdict == LatchVerdict.Accepted)
        {
            return true;
        }

        if (verdict == LatchVerdict.Refused)
        {
            if (stream.Ignored == 0)
            {
                World.Events.On(new RelayEvent.StrangerRefused(stream, source));
            }

            Drop(stream, DropReason.UnknownSource);
            return false;
        }

        if (verdict == LatchVerdict.Recovered && stream.Moves < MaxMovesTold)
        {
            World.Events.On(new RelayEvent.StrangerDisplaced(stream, stream.Leg.RtpLatch.LeftSource));
        }

        OnSettled(stream, source, verdict is LatchVerdict.Moved or LatchVerdict.Recovered, now);
        return true;
    }

    private void OnSettled(RelayStream stream, in Endpoint source, bool again, Instant now)
    {
        Leg leg = stream.Leg;
        bool isTold = stream.Moves < MaxMovesTold;
        stream.Moves += again ? 1u : 0;
        if (isTold)
        {
            TellSettled(stream, source, again);
        }

        if (stream.Kind == StreamKind.Rtcp)
        {
            return;
        }

        if (leg.RtcpLatch.OnRtpLatched(source) && isTold)
        {
            World.Events.On(new RelayEvent.RtcpPortGuessed(leg, leg.RtcpLatch.Remote.Port));
        }

        WakePlayer(leg, now);
    }

    private void TellSettled(RelayStream stream, in Endpoint source, bool again)
    {
        Leg leg = stream.Leg;
        bool isRtp = stream.Kind == StreamKind.Rtp;
        World.Events.On(new RelayEvent.Latched(
            stream, source, isRtp ? leg.RtpLatch.LastSsrc : null, isRtp ? leg.RtpLatch.LastSequence : null, again));
        Endpoint signalled = isRtp ? leg.RtpLatch.Signalled : leg.RtcpLatch.Signalled;
        if (source == stream.Remote && source != signalled)
        {
            World.Events.On(new RelayEvent.RemoteLearned(stream, source));
        }
    }

    /// <summary>
    /// An accepted packet, re-framed or as it came, goes to the observers and to the other party. False when it ends before
    /// that party.
    /// </summary>
    private bool Pass<TSink>(
        RelayStream stream, in Endpoint source, ReadOnlySpan<byte> datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        Session session = stream.Leg.Session;
        Leg target = session.Opposite(stream.Leg);
        if (session.CarriedFork is not null)
        {
            Drop(stream, DropReason.ForkTarget);
            return false;
        }

        if (target.Player is not null && stream.Kind == StreamKind.Rtp)
        {
            Drop(stream, DropReason.PlayerActive);
            return false;
        }

        RelayStream toward = target[stream.Kind];
        FollowSignalled(target, arrival.Now);
        Observe(stream, source, datagram, arrival, ref sink);
        SendForks(toward, source, datagram, arrival, ref sink);
        stream.Leg.Timer.Restart();
        if (!TryTransmit(toward, source, datagram, ref sink, out DropReason reason))
        {
            Drop(stream, reason);
            return false;
        }

        stream.Relayed++;
        Statistics.Count(RelayCounter.PacketsRelayed);
        return true;
    }

    private void Drop(RelayStream stream, DropReason reason)
    {
        stream.CountDrop(reason);
        Statistics.CountDrop(reason);
    }
}
