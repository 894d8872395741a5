using System.Buffers.Binary;
using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <content>Re-packetisation of what a party sends (media rules, section 5).</content>
public sealed partial class RelayWorker
{
    private const int MaxResizersPerTurn = 64;

    private readonly PacketPool _packetPool = new();
    private readonly ResizerSchedule _resizers = new();
    private readonly byte[] _scratch = new byte[PacketPool.MaxLength]; // the packet being made; never kept over a call

    /// <summary>What <paramref name="speaker"/> sends is re-framed from now on, or, with null, relayed as it comes.</summary>
    internal void SetResizing(Leg speaker, int? milliseconds, Instant now)
    {
        if (milliseconds is not { } ptime)
        {
            StopResizing(speaker);
        }
        else if (speaker.Resizer is { } resizer)
        {
            resizer.PtimeMilliseconds = ptime;
            Schedule(speaker, resizer, now);
        }
        else
        {
            speaker.Resizer = new Resizer(_packetPool, speaker.Numbers ??= NumbersOf(speaker), ptime);
        }
    }

    private static OutgoingNumbers NumbersOf(Leg speaker)
    {
        var numbers = new OutgoingNumbers();
        if (speaker.RtpLatch is { LastSsrc: { } ssrc, LastSequence: { } sequence })
        {
            numbers.Begin(ssrc, sequence);
        }

        return numbers;
    }

    private void StopResizing(Leg speaker)
    {
        if (speaker.Resizer is not { } resizer)
        {
            return;
        }

        for (int left = resizer.Flush(); left > 0; left--)
        {
            Drop(speaker.Rtp, DropReason.ResizerFlushed);
        }

        _resizers.Remove(speaker);
        speaker.Numbers!.EndResizing();
        speaker.Resizer = null;
    }

    /// <summary>An accepted packet of a party whose audio is re-framed: it goes on, waits, or ends here.</summary>
    private void Resize<TSink>(
        Leg speaker, Resizer resizer, in Endpoint source, in RtpPacket packet, Span<byte> datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        ResizerIntake intake = resizer.Judge(packet, arrival.Now);
        SendResized(speaker, resizer, source, arrival, ref sink);
        if (intake == ResizerIntake.Passes)
        {
            Number(speaker.Numbers!, packet, datagram);
            Pass(speaker.Rtp, source, datagram, arrival, ref sink);
            return;
        }

        Statistics.Count(RelayCounter.ResizerPacketsIn);
        if (intake == ResizerIntake.Taken)
        {
            resizer.Put(packet, arrival.Now);
            SendResized(speaker, resizer, source, arrival, ref sink);
            Schedule(speaker, resizer, arrival.Now);
        }
        else
        {
            Drop(speaker.Rtp, intake == ResizerIntake.Late ? DropReason.ResizerLate : DropReason.ResizerDuplicate);
        }
    }

    /// <summary>Sends the packets whose time has come.</summary>
    private void SendResized<TSink>(Leg speaker, Resizer resizer, in Endpoint source, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        while (resizer.TryTake(arrival.Now, _scratch, out int length))
        {
            if (Pass(speaker.Rtp, source, _scratch.AsSpan(0, length), arrival, ref sink))
            {
                Statistics.Count(RelayCounter.ResizerPacketsOut);
            }
        }
    }

    /// <summary>Audio that has waited long enough leaves without another packet: the end of a talk spurt.</summary>
    private void RunResizers<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        for (int i = 0; i < MaxResizersPerTurn && _resizers.TryTakeDue(arrival.Now, out Leg? speaker); i++)
        {
            SendResized(speaker, speaker.Resizer!, speaker.RtpLatch.Source, arrival, ref sink);
            Schedule(speaker, speaker.Resizer!, arrival.Now);
        }
    }

    private void Schedule(Leg speaker, Resizer resizer, Instant now)
    {
        if (resizer.DueAt(now) is { } due)
        {
            _resizers.Set(speaker, due);
        }
    }

    /// <summary>A packet that goes on as it came takes its place in the numbering of all that goes to the listener.</summary>
    private static void Number(OutgoingNumbers numbers, in RtpPacket packet, Span<byte> datagram)
    {
        SequenceNumber number = numbers.OfPassing(packet.Ssrc, packet.Sequence);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], number.Value);
    }
}
