using RtpProxy.Relay.Quality;

namespace RtpProxy.Relay.Snapshots;

/// <summary>The intervals of a stream's life in a <see cref="LegSnapshot"/>.</summary>
internal sealed class HistorySnapshot
{
    private IntervalPoint[] _points = [];
    private int _intervalsPerPoint;
    private int _intervalsInLast;

    public void Take(IntervalHistory? history)
    {
        ReadOnlySpan<IntervalPoint> points = history is null ? default : history.Points;
        if (_points.Length != points.Length)
        {
            _points = new IntervalPoint[points.Length];
        }

        points.CopyTo(_points);
        _intervalsPerPoint = history?.IntervalsPerPoint ?? 1;
        _intervalsInLast = history?.IntervalsInLast ?? 0;
    }

    /// <summary>Null when there are none.</summary>
    public IntervalHistory? NewHistory()
    {
        if (_points.Length == 0)
        {
            return null;
        }

        var history = new IntervalHistory();
        history.Resume(_points, _intervalsPerPoint, _intervalsInLast);
        return history;
    }

    public void Pass(ref SnapshotPass pass)
    {
        int count = pass.Count(_points.Length, IntervalHistory.MaxPoints);
        if (pass.IsReading)
        {
            _points = new IntervalPoint[count];
        }

        pass.Number(ref _intervalsPerPoint, 1, IntervalHistory.MaxIntervalsPerPoint);
        pass.Number(ref _intervalsInLast, 0, IntervalHistory.MaxIntervalsPerPoint);
        foreach (ref IntervalPoint point in _points.AsSpan())
        {
            QualityFields.Pass(ref pass, ref point);
        }
    }
}
