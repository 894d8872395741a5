using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>
/// Re-frames the audio of one party to packets of another duration (modifier <c>z</c>; media rules, section 5): a sorted
/// queue that is cut into pieces of so many samples, and that gives up waiting for missing packets after a while.
/// </summary>
/// <remarks>
/// Packets leave when others arrive or when <see cref="DueAt"/> has come. Timestamps are compared modulo 2^32, in 8 kHz
/// units, the clock of all codecs it knows. Owned by one worker; allocates nothing per packet in steady state.
/// </remarks>
public sealed class Resizer
{
    /// <summary>Packets that may wait: 999 ms in packets of 4 ms. One more pushes the oldest out at once.</summary>
    public const int MaxQueued = 256;

    private const long NanosecondsPerSample = 125_000; // 8 kHz
    private const int MinimumWait = 320; // 40 ms
    private const int EarlySlack = 40; // 5 ms: how far ahead of a packet the play-out clock is set
    private const int LateSlack = 160; // 20 ms beyond one packet: how far the clock may be ahead before it is slowed

    private readonly PacketPool _pool;
    private readonly OutgoingNumbers _numbers;
    private ResizerState _state;
    private QueuedPacket[] _queue = new QueuedPacket[8];
    private int _count;
    private int _samples;

    /// <param name="pool">The worker's; where waiting packets are kept.</param>
    /// <param name="numbers">The party's; it outlives the re-packetiser.</param>
    /// <param name="ptimeMilliseconds">As <see cref="PtimeMilliseconds"/>.</param>
    public Resizer(PacketPool pool, OutgoingNumbers numbers, int ptimeMilliseconds)
    {
        _pool = pool;
        _numbers = numbers;
        PtimeMilliseconds = ptimeMilliseconds;
    }

    /// <summary>Duration of the packets to send, 1 to 999; codecs round it up to their frames.</summary>
    public int PtimeMilliseconds { get => _state.PtimeMilliseconds; set => _state.PtimeMilliseconds = value; }

    /// <summary>Packets that wait.</summary>
    public int Count => _count;

    /// <summary>What it knows, but for <see cref="Queue"/>; to be copied out and in.</summary>
    internal ref ResizerState State => ref _state;

    /// <summary>What waits, in the order in which it leaves.</summary>
    internal ReadOnlySpan<QueuedPacket> Queue => _queue.AsSpan(0, _count);

    private int Wanted => PtimeMilliseconds * AudioFraming.SamplesPerMillisecond;

    /// <summary>How long audio waits for what belongs before it or with it, in samples.</summary>
    private int LongestWait => Math.Max(2 * Wanted, MinimumWait);

    /// <summary>
    /// A packet came from the party: what it is. Then what is due is to be taken with <see cref="TryTake"/>, since it
    /// leaves before this packet, and if that is <see cref="ResizerIntake.Taken"/> it is to be given to <see cref="Put"/>.
    /// </summary>
    public ResizerIntake Judge(in RtpPacket packet, Instant now)
    {
        if (!_state.Recent.TryNote(packet))
        {
            return ResizerIntake.Duplicate;
        }

        if (packet.SampleCount <= 0 || packet.HeaderLength + packet.Payload.Length > PacketPool.MaxLength)
        {
            // Another source, an event that begins, comfort noise: the audio before it has ended.
            _state.MustLeave |= packet.Ssrc != _state.Timeline.Ssrc || packet.Marker || IsComfortNoise(packet.PayloadType);
            return ResizerIntake.Passes;
        }

        TimelineVerdict verdict = _state.Timeline.OnAudio(packet, _state.SentUpTo, now);
        if (verdict == TimelineVerdict.Late)
        {
            return ResizerIntake.Late;
        }

        _state.BeginsAnew |= verdict == TimelineVerdict.BeginsAnew;
        _state.MustLeave |= _state.BeginsAnew;
        return ResizerIntake.Taken;
    }

    /// <summary>Keeps a copy of a packet that is to be re-framed.</summary>
    public void Put(in RtpPacket packet, Instant now)
    {
        if (_state.BeginsAnew)
        {
            _state.BeginsAnew = false;
            _state.SentUpTo = null;
            _state.Delta = null;
        }

        AdjustClock(packet.Timestamp.Value, ClockAt(now));
        Insert(packet, packet.SampleCount);
    }

    /// <summary>A packet waited in another re-packetiser, behind those that were put back before.</summary>
    internal void PutBack(in QueuedPacket packet)
    {
        if (_count == _queue.Length)
        {
            Array.Resize(ref _queue, _queue.Length * 2);
        }

        _queue[_count++] = packet;
        _samples += packet.Samples;
    }

    /// <summary>When what waits now has waited long enough; null when nothing waits.</summary>
    public Instant? DueAt(Instant now)
    {
        if (_count == 0)
        {
            return null;
        }

        if (!MustWait(now))
        {
            return now; // the duration was made shorter
        }

        int left = (int)(_queue[0].Timestamp.Value + (uint)LongestWait - (ClockAt(now) + _state.Delta.GetValueOrDefault()));
        long samples = (now.Nanoseconds / NanosecondsPerSample) + Math.Max(left, 0);
        return new Instant(samples * NanosecondsPerSample);
    }

    /// <summary>Writes the next packet whose time has come; false when there is none. To be repeated until then.</summary>
    /// <param name="destination">At least <see cref="PacketPool.MaxLength"/> bytes.</param>
    public bool TryTake(Instant now, Span<byte> destination, out int length)
    {
        length = 0;
        if (_count == 0 || (!_state.MustLeave && MustWait(now)))
        {
            _state.MustLeave = false;
            return false;
        }

        QueuedPacket head = _queue[0];
        int wanted = RoundUp(Wanted, PayloadPiece.StepOf(head.PayloadType));
        head.Header.CopyTo(destination);
        length = head.HeaderLength;
        int taken = head.Samples > wanted
            ? TakePart(wanted, destination, ref length)
            : TakeWhole(wanted, destination, ref length);

        bool isUnchanged = head.IsWhole && taken == head.Samples;
        SequenceNumber sequence = _numbers.OfMade(head.Ssrc, head.Sequence, isUnchanged);
        RtpHeaderWriter.Renumber(destination, head.Marker, sequence, head.Timestamp);
        RtpHeaderWriter.ClearPadding(destination);
        _state.SentUpTo = head.Timestamp.Add(taken);
        return true;
    }

    /// <summary>Throws away what waits and returns how many packets that were.</summary>
    public int Flush()
    {
        int flushed = _count;
        while (_count > 0)
        {
            RemoveHead();
        }

        return flushed;
    }

    /// <summary>Keeps the party's clock: what timestamp is due now, a little ahead of the packets that come.</summary>
    private void AdjustClock(uint timestamp, uint clock)
    {
        if (_state.Delta is not { } delta)
        {
            _state.Delta = timestamp - clock + EarlySlack;
            return;
        }

        uint due = clock + delta;
        uint latest = timestamp + (uint)Wanted + LateSlack;
        if (IsBefore(due, timestamp))
        {
            _state.Delta = timestamp - clock + EarlySlack;
        }
        else if (IsBefore(latest, due))
        {
            _state.Delta = delta - ((due - latest) / 2);
        }
    }

    /// <summary>Too little to fill a packet, and the first that waits has not waited long enough.</summary>
    private bool MustWait(Instant now) =>
        _samples < Wanted
        && _count < MaxQueued
        && IsBefore(ClockAt(now) + _state.Delta.GetValueOrDefault(), _queue[0].Timestamp.Value + (uint)LongestWait);

    private int TakePart(int wanted, Span<byte> destination, ref int length)
    {
        PayloadPiece piece = PayloadPiece.Cut(_queue[0], wanted);
        Append(piece, destination, ref length);
        return piece.Samples;
    }

    private int TakeWhole(int wanted, Span<byte> destination, ref int length)
    {
        PayloadType codec = _queue[0].PayloadType;
        uint first = _queue[0].Timestamp.Value;
        int headerLength = length;
        PayloadPiece piece = PayloadPiece.WholeOf(_queue[0]);
        int taken = 0;
        do
        {
            Append(piece, destination, ref length);
            taken += piece.Samples;
        }
        while (taken < wanted
            && !PayloadPiece.IsClosed(codec, length - headerLength)
            && TryContinue(codec, first + (uint)taken, wanted - taken, PacketPool.MaxLength - length, out piece));

        return taken;
    }

    /// <summary>The piece of the next packet that may follow in the same packet: same codec, no gap, and room for it.</summary>
    private bool TryContinue(PayloadType codec, uint timestamp, int needed, int room, out PayloadPiece piece)
    {
        piece = default;
        if (_count == 0 || _queue[0].PayloadType != codec || _queue[0].Timestamp.Value != timestamp)
        {
            return false;
        }

        piece = _queue[0].Samples > needed ? PayloadPiece.Cut(_queue[0], needed) : PayloadPiece.WholeOf(_queue[0]);
        return piece.Bytes <= room;
    }

    private void Append(in PayloadPiece piece, Span<byte> destination, ref int length)
    {
        ref QueuedPacket head = ref _queue[0];
        head.Payload[..piece.Bytes].CopyTo(destination[length..]);
        length += piece.Bytes;
        if (piece.Bytes < head.PayloadLength)
        {
            _samples -= piece.Samples;
            head.Skip(piece);
        }
        else
        {
            RemoveHead();
        }
    }

    private void Insert(in RtpPacket packet, int samples)
    {
        uint timestamp = packet.Timestamp.Value;
        int at = _count;
        while (at > 0 && IsBefore(timestamp, _queue[at - 1].Timestamp.Value))
        {
            at--;
        }

        if (_count == _queue.Length)
        {
            Array.Resize(ref _queue, _queue.Length * 2);
        }

        Array.Copy(_queue, at, _queue, at + 1, _count - at);
        _count++;
        _samples += samples;
        int length = packet.HeaderLength + packet.Payload.Length;
        byte[] buffer = _pool.Rent(length);
        packet.Datagram[..length].CopyTo(buffer);
        _queue[at] = new QueuedPacket
        {
            Buffer = buffer,
            HeaderLength = packet.HeaderLength,
            PayloadType = packet.PayloadType,
            Ssrc = packet.Ssrc,
            Sequence = packet.Sequence,
            Timestamp = packet.Timestamp,
            Samples = samples,
            Marker = packet.Marker,
            PayloadStart = packet.HeaderLength,
            PayloadLength = packet.Payload.Length,
        };
    }

    private void RemoveHead()
    {
        _samples -= _queue[0].Samples;
        _pool.Return(_queue[0].Buffer);
        _count--;
        Array.Copy(_queue, 1, _queue, 0, _count);
        _queue[_count] = default;
    }

    private static bool IsComfortNoise(PayloadType type) => type.Value is 13 or 19; // RFC 3389; 19 before it

    private static uint ClockAt(Instant now) => (uint)(now.Nanoseconds / NanosecondsPerSample);

    private static bool IsBefore(uint timestamp, uint other) => timestamp - other > 0x8000_0000;

    private static int RoundUp(int samples, int step) => (Math.Max(samples, 1) + step - 1) / step * step;
}
