namespace RtpProxy.Rtp;

/// <summary>
/// Jitter of the sources of one stream, at most ten, newest first (media rules, section 4.3). When an eleventh appears, the
/// oldest is added to the sums of the forgotten ones and its record is used again.
/// </summary>
/// <remarks>Allocates one record per source until there are ten, and nothing for a packet of a known source.</remarks>
internal sealed class JitterHistory
{
    private const int MaxSources = 10;

    private JitterRecord _newest = new();
    private JitterRecord? _current;
    private int _sources;
    private double _forgottenMaximum;
    private double _forgottenTotal;
    private uint _forgottenSteps;

    /// <inheritdoc cref="JitterRecord.OnPacket"/>
    public void OnPacket(Ssrc ssrc, long arrival, RtpTimestamp timestamp, bool clockRestarted)
    {
        if (_current is null || _current.Ssrc != ssrc)
        {
            _current = Find(ssrc) ?? Create(ssrc);
        }

        _current.OnPacket(arrival, timestamp.Value, clockRestarted);
    }

    /// <summary>Null until some source has sent two packets that can be compared.</summary>
    public JitterSummary? Summarise()
    {
        double maximum = _forgottenMaximum;
        double total = _forgottenTotal;
        uint steps = _forgottenSteps;
        double? last = null;
        for (JitterRecord? record = _newest; record is not null; record = record.Older)
        {
            if (record.HasJitter)
            {
                last ??= record.Last;
                maximum = Math.Max(maximum, record.Maximum);
                total += record.Total;
                steps += record.Counted - 1;
            }
        }

        return steps == 0 ? null : new JitterSummary(last ?? 0, total / steps, maximum);
    }

    private JitterRecord? Find(Ssrc ssrc)
    {
        int left = _sources;
        for (JitterRecord? record = _newest; record is not null && left > 0; record = record.Older, left--)
        {
            if (record.Ssrc == ssrc)
            {
                return record;
            }
        }

        return null;
    }

    private JitterRecord Create(Ssrc ssrc)
    {
        if (_sources > 0)
        {
            JitterRecord record = _sources < MaxSources ? new JitterRecord() : ForgetOldest();
            record.Older = _newest;
            _newest = record;
        }

        _sources = Math.Min(_sources + 1, MaxSources);
        _newest.Reset(ssrc);
        return _newest;
    }

    private JitterRecord ForgetOldest()
    {
        JitterRecord beforeOldest = _newest;
        while (beforeOldest.Older is { Older: not null } older)
        {
            beforeOldest = older;
        }

        JitterRecord oldest = beforeOldest.Older!;
        beforeOldest.Older = null;
        if (oldest.HasJitter)
        {
            _forgottenMaximum = Math.Max(_forgottenMaximum, oldest.Maximum);
            _forgottenTotal += oldest.Total;
            _forgottenSteps += oldest.Counted - 1;
        }

        return oldest;
    }
}
