using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Digits.Dialling;

/// <summary>Digits that controllers want parties to seem to press (ng protocol): who dials, and when what is due.</summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class Diallers(
    Recorders recorders, Forks forks, Transmitter transmitter, RelayStatistics statistics, SessionKeeping? keeping)
{
    private const int MaxPerTurn = 128;
    private const int PacketLength = RtpPacket.FixedHeaderLength + TelephoneEvent.Length;

    /// <summary>Later than this a digit goes on from now: what is missed is not sent in a burst.</summary>
    private static readonly TimeSpan MaxLateness = TimeSpan.FromSeconds(1);

    private readonly PriorityQueue<Dialler, long> _queue = new();
    private readonly byte[] _made = new byte[Datagram.BufferLength(PacketLength)]; // the packet being made

    /// <summary>When <see cref="Run"/> will have something to do; null when nobody dials.</summary>
    public Instant? NextDue => _queue.TryPeek(out _, out long due) ? new Instant(due) : null;

    /// <summary>Whether what a party sends is a stream that telephone events of this clock can be put into.</summary>
    public static bool CanJoin(Leg speaker) => speaker.Reception.LastPayloadType is { } type
        && (type.ClockRateHz == Dialler.ClockRateHz
            || type.Value == speaker.DigitPayloadType
            || type.Value == speaker.Session.Opposite(speaker).DigitPayloadType);

    /// <summary>The party seems to press a digit, after those that it is pressing. Not if its dialler is full.</summary>
    public void Dial(Leg speaker, in DialledDigit digit, Instant now)
    {
        Dialler dialler = speaker.Dialler ?? new Dialler(speaker);
        speaker.Numbers ??= Resizers.NumbersOf(speaker);
        dialler.Add(digit);
        if (speaker.Dialler is null)
        {
            speaker.Dialler = dialler;
            dialler.State.Due = now;
            Enqueue(dialler);
        }
    }

    /// <summary>The party dials no more, in the middle of a digit if need be: something else is heard, or the session ends.</summary>
    public static void Stop(Leg speaker)
    {
        if (speaker.Dialler is { } dialler)
        {
            dialler.IsStopped = true;
            speaker.Dialler = null;
        }
    }

    /// <summary>Goes on where another left off.</summary>
    public void Resume(Leg speaker, LegSnapshot snapshot)
    {
        if (snapshot.Dialling is { } state)
        {
            speaker.Numbers ??= Resizers.NumbersOf(speaker);
            speaker.Dialler = new Dialler(speaker);
            speaker.Dialler.State = state;
            Enqueue(speaker.Dialler);
        }
    }

    /// <summary>Sends what is due.</summary>
    public void Run<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        for (int i = 0; i < MaxPerTurn && TryTakeDue(arrival.Now, out Dialler? dialler); i++)
        {
            Leg speaker = dialler.Speaker;
            Leg listener = speaker.Session.Opposite(speaker);
            keeping?.OnUnderWay(speaker.Session);
            if (dialler.IsDone || listener.DigitPayloadType < 0)
            {
                Stop(speaker); // also if it takes none any more
                continue;
            }

            if (arrival.Now - dialler.State.Due > MaxLateness)
            {
                dialler.State.Due = arrival.Now;
            }

            int length = dialler.WriteNext(
                _made.AsSpan(Datagram.RoomBefore), new PayloadType((byte)listener.DigitPayloadType), arrival.Now);
            Send(speaker, listener, new Datagram(_made, length), arrival, ref sink);
            Enqueue(dialler);
        }
    }

    private bool TryTakeDue(Instant now, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Dialler? dialler)
    {
        while (_queue.TryPeek(out dialler, out long due) && due <= now.Nanoseconds)
        {
            _queue.Dequeue();
            if (!dialler.IsStopped)
            {
                return true;
            }
        }

        dialler = null;
        return false;
    }

    private void Enqueue(Dialler dialler) => _queue.Enqueue(dialler, dialler.State.Due.Nanoseconds);

    /// <summary>It goes the way of a packet of the party, from the observers on; blocks are about what the party sends itself.</summary>
    private void Send<TSink>(Leg speaker, Leg listener, in Datagram datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        if ((listener.Gates & Calls.MediaGates.Toward) != 0)
        {
            return;
        }

        var passage = new Passage(speaker.Rtp, speaker.Rtp.LocalOf(default), datagram, arrival);
        listener.FollowSignalled(arrival.Now);
        recorders.Observe(passage, ref sink);
        forks.Send(passage, ref sink);
        if (transmitter.TrySend(passage, ref sink, out _))
        {
            statistics.Count(RelayCounter.PacketsPlayed);
        }
    }
}
