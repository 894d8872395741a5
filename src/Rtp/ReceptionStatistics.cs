namespace RtpProxy.Rtp;

/// <summary>
/// Counts what arrived, came twice, was lost and how unevenly it came, for one received RTP stream (media rules, sections
/// 4.2 and 4.3, which differ from RFC 3550 appendix A.1 in their limits). All counters are modulo 2^32.
/// </summary>
/// <remarks>
/// Owned by one worker; not thread-safe. Nothing is allocated per packet; the first packet of each of the first ten sources
/// allocates a jitter record of about 100 bytes.
/// </remarks>
public sealed class ReceptionStatistics
{
    private const uint Cycle = 1 << 16;
    private const uint SequenceMask = Cycle - 1;
    private const uint MapLength = 2 * Cycle; // of the map whose answers SequenceWindow gives
    private const uint MaxDistance = 536; // further apart, packets do not belong to one run
    private const uint WrapThreshold = 65_000; // numbers above it, or this much behind, have wrapped
    private const uint ClockRestartThreshold = 65_500;

    private readonly JitterHistory _jitter = new();
    private SequenceWindow _window;

    private uint _minimum;
    private uint _maximum;
    private uint _offset;
    private uint _runCount;
    private uint _runDuplicates;
    private uint? _echo;

    private uint _closedSent;
    private uint _closedReceived;
    private uint _closedDuplicates;

    /// <summary>Packets that the sender must have sent, judged by the sequence numbers of all runs.</summary>
    public uint Sent => _closedSent + CurrentRun.Sent;

    /// <summary>Different packets received.</summary>
    public uint Received => _closedReceived + _runCount;

    /// <summary>Packets received once more.</summary>
    public uint Duplicates => _closedDuplicates + _runDuplicates;

    /// <summary><see cref="Sent"/> less <see cref="Received"/>; a negative difference wraps to just below 2^32.</summary>
    public uint Lost => Sent - Received;

    /// <summary>Datagrams that were not RTP.</summary>
    public uint ParseErrors { get; private set; }

    /// <summary>Source of the latest packet, null before the first.</summary>
    public Ssrc? LastSsrc { get; private set; }

    /// <summary>Changes of the source, the first one seen included.</summary>
    public uint SsrcChanges { get; private set; }

    /// <summary>Payload type of the latest packet, null before the first.</summary>
    public PayloadType? LastPayloadType { get; private set; }

    /// <summary>Sequence number of the latest packet, null before the first.</summary>
    public SequenceNumber? LastSequence { get; private set; }

    /// <summary>The run that is still open; its packets are part of the totals.</summary>
    public SequenceRun CurrentRun => new(_minimum, _maximum, _offset, _runCount, _runDuplicates);

    /// <summary>Null until two packets of one source could be compared.</summary>
    public JitterSummary? Jitter => _jitter.Summarise();

    /// <summary>A datagram arrived that <see cref="RtpPacket.TryParse"/> refused.</summary>
    public void OnParseError() => ParseErrors++;

    /// <summary>A packet arrived.</summary>
    /// <param name="packet">Only read during the call.</param>
    /// <param name="arrivalNanoseconds">Monotonic instant of arrival, in nanoseconds since any fixed moment.</param>
    public ReceptionResult OnPacket(in RtpPacket packet, long arrivalNanoseconds)
    {
        const long Second = 1_000_000_000;
        long rate = packet.PayloadType.ClockRateHz;
        long ticks = (arrivalNanoseconds / Second * rate) + (arrivalNanoseconds % Second * rate / Second);
        return OnPacketAtTicks(packet, ticks);
    }

    /// <summary>
    /// A packet of a recording, whose arrival is kept as IEEE double; the product with the clock rate is rounded as the
    /// original rounds it, so that the last digits of the jitter agree.
    /// </summary>
    /// <param name="packet">Only read during the call.</param>
    /// <param name="arrivalSeconds">Arrival in seconds; any value, a meaningless one gives meaningless jitter.</param>
    public ReceptionResult OnRecordedPacket(in RtpPacket packet, double arrivalSeconds) =>
        OnPacketAtTicks(packet, (long)(arrivalSeconds * packet.PayloadType.ClockRateHz));

    private ReceptionResult OnPacketAtTicks(in RtpPacket packet, long arrivalTicks)
    {
        ushort sequence = packet.Sequence.Value;
        bool isFirst = LastSsrc is null;
        bool ssrcChanged = LastSsrc != packet.Ssrc;
        LastPayloadType = packet.PayloadType;
        LastSequence = packet.Sequence;
        LastSsrc = packet.Ssrc;
        if (ssrcChanged)
        {
            SsrcChanges++;
            StartRun(sequence);
            UpdateJitter(packet, arrivalTicks, clockRestarted: false);
            return isFirst ? ReceptionResult.Ok : ReceptionResult.SsrcChanged;
        }

        uint extended = sequence + _offset;
        uint maximumSequence = _maximum & SequenceMask;
        bool markerRestart = packet.Marker && extended < _maximum && maximumSequence != SequenceMask;
        bool clockRestarted = markerRestart || (extended == 0 && maximumSequence < ClockRestartThreshold);
        UpdateJitter(packet, arrivalTicks, clockRestarted);
        if (markerRestart)
        {
            StartRun(extended);
            return ReceptionResult.Ok;
        }

        return Place(sequence, extended);
    }

    /// <summary>Counts a packet of the same source in the open run, or in a new one when it is too far away.</summary>
    private ReceptionResult Place(ushort sequence, uint extended)
    {
        bool wrapped = false;
        if ((_maximum & SequenceMask) < MaxDistance && sequence > WrapThreshold)
        {
            extended -= Cycle;
            RememberEcho(extended);
        }
        else if (_maximum > WrapThreshold && extended < _maximum - WrapThreshold)
        {
            _offset += Cycle;
            extended += Cycle;
            wrapped = true;
        }
        else if (extended + MaxDistance < _maximum || extended > _maximum + MaxDistance)
        {
            StartRun(extended);
            return ReceptionResult.Ok;
        }

        if (!wrapped && (_window.Contains(extended, _maximum) || extended == _echo))
        {
            _runDuplicates++;
            return ReceptionResult.Ok;
        }

        _window.Add(extended, _maximum);
        if (extended >= _maximum)
        {
            _maximum = extended;
        }
        else if (extended < _minimum)
        {
            if (_offset != 0)
            {
                return ReceptionResult.BeforeRun;
            }

            _minimum = extended;
        }

        _runCount++;
        return ReceptionResult.Ok;
    }

    /// <summary>
    /// After a change of source the run starts at a bare sequence number while the offset stays. A packet from before the
    /// wrap then lies far above the run's first one, and the original's map, being cyclic, takes the first packet's bit for
    /// the number that follows in this cycle: when that number comes, it counts as a duplicate.
    /// </summary>
    private void RememberEcho(uint extended)
    {
        if (extended > _maximum && _offset % MapLength == 0)
        {
            _echo = _maximum + _offset;
        }
    }

    private void StartRun(uint first)
    {
        // The open run, empty before the first packet, joins the totals.
        _closedSent += CurrentRun.Sent;
        _closedReceived += _runCount;
        _closedDuplicates += _runDuplicates;

        _window.Restart(first);
        _echo = null;
        _minimum = _maximum = first;
        _runCount = 1;
        _runDuplicates = 0;
    }

    private void UpdateJitter(in RtpPacket packet, long arrivalTicks, bool clockRestarted)
    {
        if (packet.PayloadType.ClockRateHz != 0)
        {
            _jitter.OnPacket(packet.Ssrc, arrivalTicks, packet.Timestamp, clockRestarted);
        }
    }
}
