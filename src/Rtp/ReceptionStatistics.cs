namespace RtpProxy.Rtp;

/// <summary>
/// Counts what arrived, came twice, was lost and how unevenly it came, for one received RTP stream (media rules, sections
/// 4.2 and 4.3, which differ from RFC 3550 appendix A.1 in their limits). All counters are modulo 2^32.
/// </summary>
/// <remarks>
/// Owned by one worker; not thread-safe. Nothing is allocated per packet; a source beside those that were heard before may
/// allocate, up to about 1 KB for ten of them.
/// </remarks>
public sealed class ReceptionStatistics
{
    private const uint Cycle = 1 << 16;
    private const uint SequenceMask = Cycle - 1;
    private const uint MapLength = 2 * Cycle; // of the map whose answers SequenceWindow gives
    private const uint MaxDistance = 536; // further apart, packets do not belong to one run
    private const uint WrapThreshold = 65_000; // numbers above it, or this much behind, have wrapped
    private const uint ClockRestartThreshold = 65_500;

    private ReceptionState _state;
    private JitterSources _sources;

    /// <summary>Packets that the sender must have sent, judged by the sequence numbers of all runs.</summary>
    public uint Sent => _state.ClosedSent + CurrentRun.Sent;

    /// <summary>Different packets received.</summary>
    public uint Received => _state.ClosedReceived + _state.RunCount;

    /// <summary>Packets received once more.</summary>
    public uint Duplicates => _state.ClosedDuplicates + _state.RunDuplicates;

    /// <summary>Different packets received after one with a higher number.</summary>
    public uint OutOfOrder => _state.OutOfOrder;

    /// <summary><see cref="Sent"/> less <see cref="Received"/>; a negative difference wraps to just below 2^32.</summary>
    public uint Lost => Sent - Received;

    /// <summary>Datagrams that were not RTP.</summary>
    public uint ParseErrors => _state.ParseErrors;

    /// <summary>Source of the latest packet, null before the first.</summary>
    public Ssrc? LastSsrc => _state.Has(ReceptionFlags.HasPacket) ? _state.LastSsrc : null;

    /// <summary>Changes of the source, the first one seen included.</summary>
    public uint SsrcChanges => _state.SsrcChanges;

    /// <summary>Payload type of the latest packet, null before the first.</summary>
    public PayloadType? LastPayloadType => _state.Has(ReceptionFlags.HasPacket) ? _state.LastPayloadType : null;

    /// <summary>Sequence number of the latest packet, null before the first.</summary>
    public SequenceNumber? LastSequence => _state.Has(ReceptionFlags.HasPacket) ? _state.LastSequence : null;

    /// <summary>Timestamp of the latest packet, null before the first.</summary>
    public RtpTimestamp? LastTimestamp =>
        _state.Has(ReceptionFlags.HasPacket) ? new RtpTimestamp(_state.LastTimestamp) : null;

    /// <summary>The run that is still open; its packets are part of the totals.</summary>
    public SequenceRun CurrentRun => _state.CurrentRun;

    /// <summary>Null until two packets of one source could be compared.</summary>
    public JitterSummary? Jitter => _sources.Summarise(_state);

    /// <summary>All that is known, but for <see cref="JitterOfSources"/>; to be copied out.</summary>
    internal ref readonly ReceptionState State => ref _state;

    /// <summary>
    /// The jitter of the sources in the order in which they appeared: <see cref="ReceptionState.Sources"/> or fewer records, of
    /// which that of the present source means nothing.
    /// </summary>
    internal ReadOnlySpan<JitterState> JitterOfSources => _sources.Places;

    /// <summary>Goes on where another left off.</summary>
    /// <param name="state">Its <see cref="State"/>.</param>
    /// <param name="jitterOfSources">Its <see cref="JitterOfSources"/>; all but that of the present source, if there are several.</param>
    internal void Resume(in ReceptionState state, ReadOnlySpan<JitterState> jitterOfSources)
    {
        _state = state;
        _sources.Set(jitterOfSources);
    }

    /// <summary>
    /// What came for a while was seen by nobody: the next packet begins a run, and what lies between counts neither as sent nor as lost.
    /// </summary>
    internal void EndRun()
    {
        if (_state.Has(ReceptionFlags.HasPacket))
        {
            CloseRun();

            // An empty run, so far from every number that can come that none goes on with it.
            _state.Minimum = _state.Maximum = _state.Offset + (2 * MaxDistance);
            _state.Offset += Cycle;
            _state.RunCount = 0;
            _state.RunDuplicates = 0;
        }
    }

    /// <summary>A datagram arrived that <see cref="RtpPacket.TryParse"/> refused.</summary>
    public void OnParseError() => _state.ParseErrors++;

    /// <summary>A packet arrived.</summary>
    /// <param name="packet">Only read during the call.</param>
    /// <param name="arrivalNanoseconds">Monotonic instant of arrival, in nanoseconds since any fixed moment.</param>
    public ReceptionResult OnPacket(in RtpPacket packet, long arrivalNanoseconds) =>
        OnPacketAtTicks(packet, TicksOf(arrivalNanoseconds, packet.PayloadType.ClockRateHz));

    /// <summary>
    /// A packet of a recording, whose arrival is kept as IEEE double; the product with the clock rate is rounded as the
    /// original rounds it, so that the last digits of the jitter agree.
    /// </summary>
    /// <param name="packet">Only read during the call.</param>
    /// <param name="arrivalSeconds">Arrival in seconds; any value, a meaningless one gives meaningless jitter.</param>
    public ReceptionResult OnRecordedPacket(in RtpPacket packet, double arrivalSeconds) =>
        OnPacketAtTicks(packet, (long)(arrivalSeconds * packet.PayloadType.ClockRateHz));

    /// <summary>An instant in nanoseconds on an RTP clock of so many Hz.</summary>
    internal static long TicksOf(long nanoseconds, long clockRateHz)
    {
        const long Second = 1_000_000_000;
        return (nanoseconds / Second * clockRateHz) + (nanoseconds % Second * clockRateHz / Second);
    }

    /// <param name="arrivalTicks">Instant of arrival on the clock of its payload (<see cref="TicksOf"/>).</param>
    /// <inheritdoc cref="OnPacket"/>
    internal ReceptionResult OnPacketAtTicks(in RtpPacket packet, long arrivalTicks)
    {
        ushort sequence = packet.Sequence.Value;
        bool isFirst = !_state.Has(ReceptionFlags.HasPacket);
        bool ssrcChanged = isFirst || _state.LastSsrc != packet.Ssrc;
        _state.Flags |= ReceptionFlags.HasPacket;
        _state.LastPayloadType = packet.PayloadType;
        _state.LastSequence = packet.Sequence;
        _state.LastSsrc = packet.Ssrc;
        _state.LastTimestamp = packet.Timestamp.Value;
        if (ssrcChanged)
        {
            _state.SsrcChanges++;
            StartRun(sequence);
            UpdateJitter(packet, arrivalTicks, clockRestarted: false);
            return isFirst ? ReceptionResult.Ok : ReceptionResult.SsrcChanged;
        }

        uint extended = sequence + _state.Offset;
        uint maximumSequence = _state.Maximum & SequenceMask;
        bool markerRestart = packet.Marker && extended < _state.Maximum && maximumSequence != SequenceMask;
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
        if ((_state.Maximum & SequenceMask) < MaxDistance && sequence > WrapThreshold)
        {
            extended -= Cycle;
            RememberEcho(extended);
        }
        else if (_state.Maximum > WrapThreshold && extended < _state.Maximum - WrapThreshold)
        {
            _state.Offset += Cycle;
            extended += Cycle;
            wrapped = true;
        }
        else if (extended + MaxDistance < _state.Maximum || extended > _state.Maximum + MaxDistance)
        {
            StartRun(extended);
            return ReceptionResult.Ok;
        }

        if (!wrapped && (_state.Window.Contains(extended, _state.Maximum) || IsEcho(extended)))
        {
            _state.RunDuplicates++;
            return ReceptionResult.Ok;
        }

        _state.Window.Add(extended, _state.Maximum);
        if (extended >= _state.Maximum)
        {
            _state.Maximum = extended;
        }
        else
        {
            if (extended < _state.Minimum)
            {
                if (_state.Offset != 0)
                {
                    return ReceptionResult.BeforeRun;
                }

                _state.Minimum = extended;
            }

            _state.OutOfOrder++;
        }

        _state.RunCount++;
        return ReceptionResult.Ok;
    }

    /// <summary>
    /// After a change of source the run starts at a bare sequence number while the offset stays. A packet from before the
    /// wrap then lies far above the run's first one, and the original's map, being cyclic, takes the first packet's bit for
    /// the number that follows in this cycle: when that number comes, it counts as a duplicate.
    /// </summary>
    private void RememberEcho(uint extended)
    {
        if (extended > _state.Maximum && _state.Offset % MapLength == 0)
        {
            _state.Echo = _state.Maximum + _state.Offset;
            _state.Flags |= ReceptionFlags.HasEcho;
        }
    }

    private bool IsEcho(uint extended) => extended == _state.Echo && _state.Has(ReceptionFlags.HasEcho);

    private void StartRun(uint first)
    {
        CloseRun();
        _state.Window.Restart(first);
        _state.Flags &= ~ReceptionFlags.HasEcho;
        _state.Minimum = _state.Maximum = first;
        _state.RunCount = 1;
        _state.RunDuplicates = 0;
    }

    /// <summary>The open run, empty before the first packet, joins the totals.</summary>
    private void CloseRun()
    {
        _state.ClosedSent += CurrentRun.Sent;
        _state.ClosedReceived += _state.RunCount;
        _state.ClosedDuplicates += _state.RunDuplicates;
    }

    private void UpdateJitter(in RtpPacket packet, long arrivalTicks, bool clockRestarted)
    {
        if (packet.PayloadType.ClockRateHz != 0)
        {
            _sources.OnPacket(ref _state, packet.Ssrc, arrivalTicks, packet.Timestamp, clockRestarted);
        }
    }
}
