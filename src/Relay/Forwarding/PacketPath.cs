using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding.Circles;
using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Latching;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Evidence;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding;

/// <summary>
/// A packet's way (media rules, section 0), in the steps that ARCHITECTURE.md shows. Each datagram ends in one counter, but for
/// those that the re-packetiser takes: what it makes of them is counted anew.
/// </summary>
/// <remarks>Owned by one worker. Nothing here allocates, but for what is told once.</remarks>
internal sealed class PacketPath(
    OpenPorts ports,
    DestinationJudge judge,
    Admission admission,
    CircleWatch circles,
    QualityWatch quality,
    Resizers resizers,
    Recorders recorders,
    IRtcpWitness? rtcpWitness,
    DigitListener digits,
    Forks forks,
    Transmitter transmitter,
    RelayStatistics statistics,
    IEventSink events,
    SessionKeeping? keeping)
{
    private const int MaxSsrcChangesTold = 10; // of a leg; a sender can change with every packet

    public void OnDatagram<TSink>(PortId port, in Endpoint source, in Datagram datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        // 1: whose port is it?
        if (ports.StreamOf(port) is not { } stream)
        {
            statistics.CountDrop(DropReason.NoSession);
            return;
        }

        keeping?.OnUnderWay(stream.Leg.Session);
        if (!stream.Leg.Session.IsComplete)
        {
            if (stream.Kind == StreamKind.Rtp && !stream.Leg.Session.IsSubscribed)
            {
                stream.Leg.Evidence.OnEarly(datagram.Bytes, source, arrival.Now);
            }

            statistics.CountDrop(stream, DropReason.SessionIncomplete);
            return;
        }

        statistics.CountReceived(stream.Kind, datagram.Bytes.Length);
        var passage = new Passage(stream, source, datagram, arrival);

        // 2: may it be a party?
        if (judge.IsDisbelieved(stream, source, out AddressBelief belief))
        {
            stream.State.Refusals.Note(source, belief, passage.Now);
            statistics.CountDrop(stream, DropReason.UnknownSource);
        }
        else if (stream.Kind == StreamKind.Rtp)
        {
            OnRtp(passage, ref sink);
        }
        else
        {
            OnRtcp(passage, ref sink);
        }
    }

    /// <summary>Audio that has waited long enough in re-packetisers leaves without another packet: the end of a talk spurt.</summary>
    public void SendDueAudio<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        for (int i = 0; i < Resizers.MaxPerTurn && resizers.TryTakeDue(arrival.Now, out Leg? speaker); i++)
        {
            keeping?.OnUnderWay(speaker.Session);
            Endpoint source = speaker.RtpLatch.Source;
            SendReframed(new Passage(speaker.Rtp, source, default, arrival), speaker.Resizer!, ref sink);
            resizers.Schedule(speaker, arrival.Now);
        }
    }

    private void OnRtcp<TSink>(in Passage passage, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        // 2: is it the party, and where? Has the packet been here before?
        RelayStream stream = passage.Stream;
        if (admission.Admits(passage, stream.Leg.RtcpLatch.OnPacket(passage.Source, passage.Now)) && !circles.Drops(passage))
        {
            stream.CountReceived(passage.Arrival, passage.Bytes.Length); // 3
            stream.Leg.Evidence.OnReport(passage.Bytes, passage.Now);
            PassReports(passage, ref sink);
        }
    }

    private void OnRtp<TSink>(in Passage passage, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        // 2: is it the party, and where? Has the packet been here before?
        Leg leg = passage.Stream.Leg;
        RtpPacket packet = default;
        bool isRtp = !leg.Session.IsOpaque && RtpPacket.TryParse(passage.Bytes, out packet) == RtpParseError.None;
        PacketEvidence evidence = isRtp ? PacketEvidence.From(packet) : PacketEvidence.FromOther(passage.Bytes);
        if (!admission.Admits(passage, leg.RtpLatch.OnPacket(passage.Source, evidence, passage.Now))
            || (isRtp ? circles.Drops(passage, packet) : circles.Drops(passage)))
        {
            return;
        }

        // 3: count; analyser
        leg.Rtp.CountReceived(passage.Arrival, passage.Bytes.Length);
        if (!isRtp)
        {
            if (!leg.Session.IsOpaque)
            {
                leg.Reception.OnParseError();
            }

            leg.Evidence.OnOther(passage.Bytes, passage.Now);
            bool isReport = leg.IsRtcpMuxed && DatagramLook.IsRtcp(passage.Bytes);
            PassReports(isReport ? passage.Of(leg.Rtcp) : passage, ref sink); // RTCP that shares the port, or anything else
            return;
        }

        Analyse(leg, packet, passage.Now);

        if (leg.Dialler is { IsSounding: true })
        {
            leg.Timer.Restart();
            digits.HearKept(passage);
            statistics.CountDrop(leg.Rtp, DropReason.PlayerActive);
            return;
        }

        // 4: re-packetiser
        if (leg.Resizer is { } resizer)
        {
            Reframe(passage, packet, resizer, ref sink);
            return;
        }

        leg.Numbers?.Number(packet, passage.Bytes); // it was re-framed before, or added to
        Pass(passage, ref sink);
    }

    private void Analyse(Leg leg, in RtpPacket packet, Instant now)
    {
        int clockRateHz = packet.PayloadType.ClockRateHz;
        long arrivalTicks = ReceptionStatistics.TicksOf(now.Nanoseconds, clockRateHz);
        bool isNew = quality.OnPacket(leg, packet, clockRateHz, arrivalTicks, now);
        Ssrc? ssrcBefore = leg.Reception.LastSsrc;
        SequenceNumber? sequenceBefore = leg.Reception.LastSequence;
        if (isNew || !leg.Evidence.IsCircling(now))
        {
            leg.Evidence.OnRtp(packet, follows: sequenceBefore?.Next == packet.Sequence, now);
        }

        if (leg.Reception.OnPacketAtTicks(packet, arrivalTicks) == ReceptionResult.SsrcChanged
            && leg.Reception.SsrcChanges <= MaxSsrcChangesTold)
        {
            events.On(new RelayEvent.SsrcChanged(leg, ssrcBefore!.Value, sequenceBefore!.Value, packet.Ssrc, packet.Sequence));
        }
    }

    /// <summary>What may be reports of a party about what it receives goes on.</summary>
    private void PassReports<TSink>(in Passage passage, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        Leg leg = passage.Stream.Leg;
        QualityWatch.OnReports(leg, passage.Bytes, passage.Now);
        if (Pass(passage, ref sink))
        {
            leg.Reports.OnRelayed(passage.Bytes, passage.Now);
        }
    }

    /// <summary>A packet of a party whose audio is re-framed goes on, waits, or ends here.</summary>
    private void Reframe<TSink>(in Passage passage, in RtpPacket packet, Resizer resizer, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        Leg speaker = passage.Stream.Leg;
        ResizerIntake intake = resizer.Judge(packet, passage.Now);
        SendReframed(passage, resizer, ref sink);
        if (intake == ResizerIntake.Passes)
        {
            speaker.Numbers!.Number(packet, passage.Bytes);
            Pass(passage, ref sink);
            return;
        }

        statistics.Count(RelayCounter.ResizerPacketsIn);
        if (intake == ResizerIntake.Taken)
        {
            resizer.Put(packet, passage.Now);
            SendReframed(passage, resizer, ref sink);
            resizers.Schedule(speaker, passage.Now);
        }
        else
        {
            statistics.CountDrop(
                speaker.Rtp, intake == ResizerIntake.Late ? DropReason.ResizerLate : DropReason.ResizerDuplicate);
        }
    }

    /// <summary>Sends the packets whose time has come.</summary>
    private void SendReframed<TSink>(in Passage passage, Resizer resizer, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        while (resizers.TryTake(resizer, passage.Now, out Datagram reframed))
        {
            if (Pass(passage.With(reframed), ref sink))
            {
                statistics.Count(RelayCounter.ResizerPacketsOut);
            }
        }
    }

    /// <summary>A packet of the party, re-framed or as it came. False when it ends before the other party.</summary>
    private bool Pass<TSink>(in Passage passage, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        // 5: does the other party hear something else?
        RelayStream stream = passage.Stream;
        Leg listener = stream.Leg.Session.Opposite(stream.Leg);
        if (stream.Leg.Session.CarriedFork is not null)
        {
            statistics.CountDrop(stream, DropReason.ForkTarget);
            return false;
        }

        if (listener.Player is not null && stream.Kind == StreamKind.Rtp)
        {
            digits.HearKept(passage);
            statistics.CountDrop(stream, DropReason.PlayerActive);
            return false;
        }

        if ((stream.Leg.Gates | listener.Gates) != MediaGates.None && !Gate.LetsPass(passage, listener))
        {
            stream.Leg.Timer.Restart(); // it is alive all the same
            digits.HearKept(passage);
            statistics.CountDrop(stream, DropReason.Blocked);
            return false;
        }

        // 6: recorder, copies, who looks at RTCP, digits, forks, subscribers
        listener.FollowSignalled(passage.Now);
        recorders.Observe(passage, ref sink);
        if (rtcpWitness is not null && stream.Kind == StreamKind.Rtcp)
        {
            rtcpWitness.OnRtcp(
                stream.Leg.Session.CallId,
                passage.Source,
                stream.LocalOf(passage.Arrival.LocalHost),
                passage.Arrival.WallMicroseconds,
                passage.Bytes);
        }

        if (digits.Hides(passage))
        {
            statistics.CountDrop(stream, DropReason.DigitHidden);
            return false;
        }

        if (!stream.Leg.Session.Forks.IsEmpty || stream.Leg.Hearers.Length > 0)
        {
            forks.Send(passage, ref sink);
        }

        // 7: the party is alive
        stream.Leg.Timer.Restart();

        // 8: to the other party
        if (!transmitter.TrySend(passage, ref sink, out DropReason reason))
        {
            statistics.CountDrop(stream, reason);
            return false;
        }

        stream.Relayed++;
        statistics.CountRelayed(stream.Kind, passage.Bytes.Length);
        return true;
    }
}
