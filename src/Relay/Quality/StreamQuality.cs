using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>
/// How a received RTP stream fares, beside what the analyser counts (<see cref="ReceptionStatistics"/>): late packets, bursts, the
/// codec, and intervals with a score each (media rules, section 4.5).
/// </summary>
/// <remarks>Owned by its leg; not thread-safe. Allocates nothing per packet, and now and then at the end of an interval.</remarks>
internal sealed class StreamQuality
{
    /// <summary>Ticks of a second in an interval.</summary>
    public const int IntervalSeconds = 5;

    /// <summary>Of fewer packets no score is made: one lost packet would be too much of it.</summary>
    public const int MinScoredPackets = 50;

    private const double ThousandthsOfOne = 1000;
    private const double HundredthsOfOne = 100;

    private QualityState _state;

    /// <summary>All that it knows but for the history; to be copied out and in.</summary>
    public ref QualityState State => ref _state;

    /// <summary>Null in the first interval.</summary>
    public IntervalHistory? History { get; set; }

    /// <summary>A packet of the party came. False when it had come before.</summary>
    /// <param name="clockRateHz">Of its payload type, 0 when it is not known.</param>
    /// <param name="arrivalTicks">Its arrival on that clock.</param>
    /// <param name="before">When the packet before came, if there was one.</param>
    public bool OnPacket(in RtpPacket packet, int clockRateHz, long arrivalTicks, int bufferMilliseconds, Instant before, Instant now)
    {
        bool begins = packet.Ssrc != _state.Ssrc || !_state.HasPacket;
        if (begins)
        {
            BeginSource(packet, bufferMilliseconds, now);
        }

        _state.Delta = begins ? 0 : now.Nanoseconds - before.Nanoseconds;
        _state.MaxDelta = Math.Max(_state.MaxDelta, _state.Delta);
        bool isLate = false;
        if (clockRateHz == 0)
        {
            _state.OtherPackets++;
        }
        else
        {
            isLate = _state.Playout.OnPacket(packet, clockRateHz, arrivalTicks, bufferMilliseconds, out bool wereLate);
            if (wereLate)
            {
                _state.Late += _state.Fates.MakeLate(_state.Playout.TrialFirst);
            }

            if (packet.PayloadType != _state.PayloadType)
            {
                Change(packet.PayloadType);
            }
        }

        bool isNew = _state.Fates.Place(packet.Sequence.Value, ref isLate, ref _state.Bursts);
        if (isNew && isLate)
        {
            _state.Late++;
        }

        return isNew;
    }

    /// <summary>What came for a while was seen by nobody: the next packet begins a run, and none before it is missing.</summary>
    public void EndRun() => _state.Ssrc = new Ssrc(~_state.Ssrc.Value); // it is of another source than this

    /// <summary>A second has passed. True when an interval has ended with it, which is <see cref="QualityState.Last"/> now.</summary>
    public bool OnSecond(ReceptionStatistics reception, int bufferMilliseconds, Instant now)
    {
        // The one in which the stream began is not a whole one.
        if (!_state.HasPacket || _state.IntervalSeconds++ < IntervalSeconds)
        {
            return false;
        }

        EndInterval(reception, now);
        _state.Playout.EndInterval(bufferMilliseconds);
        (History ??= new IntervalHistory()).Add(_state.Last);
        return true;
    }

    /// <summary>The stream has ended. True when the interval that it ended in counts as one, which is <see cref="QualityState.Last"/> now.</summary>
    public bool OnEnd(ReceptionStatistics reception, Instant now)
    {
        if (!_state.HasPacket || reception.Sent - _state.ExpectedBefore < MinScoredPackets)
        {
            return false;
        }

        EndInterval(reception, now);
        (History ??= new IntervalHistory()).Add(_state.Last);
        return true;
    }

    /// <summary>Bursts up to now, as if nothing that is missing came any more; and how many packets were late.</summary>
    /// <param name="late">With those of which a pause may yet show that they were in time.</param>
    public BurstState DecidedBursts(out uint late)
    {
        SequenceFates fates = _state.Fates;
        late = _state.Late + (_state.Playout.IsOnTrial ? fates.MakeLate(_state.Playout.TrialFirst) : 0);
        return Decide(fates);
    }

    /// <summary>The share of the expected packets that a listener did not hear.</summary>
    public static double MissingShare(uint lost, uint late, uint expected) =>
        expected == 0 ? 0 : Math.Min(1, ((double)lost + late) / expected);

    /// <summary>BurstR (G.107, section 7.5): the mean run of misses against that of misses at random.</summary>
    public static double BurstRatio(uint missed, uint runs, double missing) =>
        runs == 0 ? 1 : Math.Max(1, (double)missed / runs * (1 - missing));

    /// <summary>The codec, where most packets are of it; null where it has no row.</summary>
    public CodecImpairment? Codec(uint others, uint received) =>
        _state.Playout.ClockRateHz != 0 && others <= received / 2 ? CodecImpairment.Of(_state.PayloadType) : null;

    private void BeginSource(in RtpPacket packet, int bufferMilliseconds, Instant now)
    {
        if (!_state.HasPacket)
        {
            _state.HasPacket = true;
            _state.IntervalAt = now;
        }

        _state.Ssrc = packet.Ssrc;
        _state.BufferMilliseconds = bufferMilliseconds;
        _state.Fates.Begin(packet.Sequence.Value, ref _state.Bursts);
        _state.Playout.BeginSource();
    }

    private void Change(PayloadType payloadType)
    {
        if (payloadType == PayloadType.ComfortNoise)
        {
            _state.OtherPackets++;
        }
        else
        {
            _state.PayloadType = payloadType;
        }
    }

    private BurstState Decide(SequenceFates fates)
    {
        BurstState bursts = _state.Bursts;
        fates.End(ref bursts);
        return bursts;
    }

    private void EndInterval(ReceptionStatistics reception, Instant now)
    {
        ref IntervalPoint last = ref _state.Last;
        uint others = _state.OtherPackets - _state.OtherBefore;
        BurstState bursts = Decide(_state.Fates);
        _state.HasInterval = true;
        last.At = _state.IntervalAt;
        last.Milliseconds = (uint)Math.Min((now - _state.IntervalAt).TotalMilliseconds, uint.MaxValue);
        last.Expected = reception.Sent - _state.ExpectedBefore;
        last.Received = reception.Received - _state.ReceivedBefore;
        last.Late = _state.Late - _state.LateBefore;
        last.JitterMicroseconds = last.Received > 0 ? JitterMicroseconds(reception) : IntervalPoint.NoJitter;
        last.Score = 0;
        if (last.Expected >= MinScoredPackets && Codec(others, last.Received) is { } codec)
        {
            double missing = MissingShare(last.Lost, last.Late, last.Expected);
            double ratio = BurstRatio(bursts.Missed - _state.MissedBefore, bursts.Runs - _state.RunsBefore, missing);
            AddScore(EModel.Rating(codec, missing, ratio));
        }

        _state.IntervalSeconds = 1;
        _state.IntervalAt = now;
        _state.ExpectedBefore = reception.Sent;
        _state.ReceivedBefore = reception.Received;
        _state.LateBefore = _state.Late;
        _state.OtherBefore = _state.OtherPackets;
        _state.MissedBefore = bursts.Missed;
        _state.RunsBefore = bursts.Runs;
    }

    private void AddScore(double rating)
    {
        ushort hundredths = (ushort)Math.Round(rating * HundredthsOfOne);
        ushort score = (ushort)Math.Round(EModel.Score(rating) * ThousandthsOfOne);
        _state.Last.Score = score;
        _state.RatingMinimum = _state.Scores == 0 ? hundredths : Math.Min(_state.RatingMinimum, hundredths);
        _state.RatingTotal += hundredths;
        if (_state.Scores == 0 || score < _state.ScoreMinimum)
        {
            _state.ScoreMinimum = score;
            _state.ScoreMinimumAt = _state.IntervalAt;
        }

        if (_state.Scores == 0 || score > _state.ScoreMaximum)
        {
            _state.ScoreMaximum = score;
            _state.ScoreMaximumAt = _state.IntervalAt;
        }

        _state.Scores++;
        _state.ScoreTotal += score;
    }

    private uint JitterMicroseconds(ReceptionStatistics reception) =>
        _state.Playout.ClockRateHz > 0 && reception.Jitter is { } jitter
            ? (uint)Math.Min(jitter.Last * 1_000_000 / _state.Playout.ClockRateHz, IntervalPoint.NoJitter - 1)
            : IntervalPoint.NoJitter;
}
