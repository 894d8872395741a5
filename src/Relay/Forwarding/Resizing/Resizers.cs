using System.Diagnostics.CodeAnalysis;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>Re-packetisation of what parties send (media rules, section 5): who is re-framed, and when what waits is due.</summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class Resizers(RelayStatistics statistics)
{
    /// <summary>Parties whose waiting audio is sent in one turn at most.</summary>
    public const int MaxPerTurn = 64;

    private readonly PacketPool _pool = new();
    private readonly ResizerSchedule _schedule = new();
    private readonly byte[] _made = new byte[Datagram.BufferLength(PacketPool.MaxLength)]; // the packet being made

    /// <summary>When <see cref="TryTakeDue"/> will have something; null when nothing waits.</summary>
    public Instant? NextDue => _schedule.NextDue;

    /// <summary>What <paramref name="speaker"/> sends is re-framed from now on, or, with null, relayed as it comes.</summary>
    public void Set(Leg speaker, int? milliseconds, Instant now)
    {
        if (milliseconds is not { } ptime)
        {
            Stop(speaker);
        }
        else if (speaker.Resizer is { } resizer)
        {
            resizer.PtimeMilliseconds = ptime;
            Schedule(speaker, now);
        }
        else
        {
            speaker.Resizer = new Resizer(_pool, speaker.Numbers ??= NumbersOf(speaker), ptime);
        }
    }

    /// <summary>Goes on with what was re-framed, and with what waits.</summary>
    public void Resume(Leg speaker, ResizingSnapshot snapshot)
    {
        snapshot.Fill(speaker, _pool);
        if (snapshot.Due is { } due)
        {
            _schedule.Set(speaker, due);
        }
    }

    public void Stop(Leg speaker)
    {
        if (speaker.Resizer is not { } resizer)
        {
            return;
        }

        for (int left = resizer.Flush(); left > 0; left--)
        {
            statistics.CountDrop(speaker.Rtp, DropReason.ResizerFlushed);
        }

        _schedule.Remove(speaker);
        speaker.Numbers!.EndResizing();
        speaker.Resizer = null;
    }

    /// <summary>Takes a packet whose time has come; it is overwritten by the next one, of whichever party.</summary>
    public bool TryTake(Resizer resizer, Instant now, out Datagram made)
    {
        bool isTaken = resizer.TryTake(now, _made.AsSpan(Datagram.RoomBefore), out int length);
        made = isTaken ? new Datagram(_made, length) : default;
        return isTaken;
    }

    /// <summary>A party some of whose audio has waited long enough; it wants to be scheduled again.</summary>
    public bool TryTakeDue(Instant now, [NotNullWhen(true)] out Leg? speaker) => _schedule.TryTakeDue(now, out speaker);

    /// <summary>Audio of a party waits, or something of it was taken.</summary>
    public void Schedule(Leg speaker, Instant now)
    {
        if (speaker.Resizer!.DueAt(now) is { } due)
        {
            _schedule.Set(speaker, due);
        }
    }

    /// <summary>A second has passed: memory follows what is needed.</summary>
    public void Trim() => _pool.Trim();

    /// <summary>Of a party whose packets have left as they were so far.</summary>
    public static OutgoingNumbers NumbersOf(Leg speaker)
    {
        var numbers = new OutgoingNumbers();
        if (speaker.RtpLatch is { LastSsrc: { } ssrc, LastSequence: { } sequence })
        {
            numbers.Begin(ssrc, sequence);
        }

        return numbers;
    }
}
