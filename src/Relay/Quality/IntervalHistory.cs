using System.Collections.Immutable;

namespace RtpProxy.Relay.Quality;

/// <summary>
/// The life of a stream in intervals, from its beginning. When there are too many, each two become one, and from then on a point is
/// of twice as many intervals as before.
/// </summary>
/// <remarks>Owned by its stream. Grows as the stream lives on, up to 2 KB.</remarks>
internal sealed class IntervalHistory
{
    public const int MaxPoints = 64;

    /// <summary>After three hundred years.</summary>
    public const int MaxIntervalsPerPoint = 1 << 25;

    private const int FirstRoom = 8;

    private IntervalPoint[] _points = [];
    private int _count;
    private int _intervalsPerPoint = 1;
    private int _intervalsInLast;

    /// <summary>The oldest first.</summary>
    public ReadOnlySpan<IntervalPoint> Points => _points.AsSpan(0, _count);

    /// <summary>Intervals of a point but for the last one, which is not full yet: a power of 2.</summary>
    public int IntervalsPerPoint => _intervalsPerPoint;

    public int IntervalsInLast => _intervalsInLast;

    /// <summary>Goes on where another left off.</summary>
    /// <param name="points">At most <see cref="MaxPoints"/>.</param>
    public void Resume(ReadOnlySpan<IntervalPoint> points, int intervalsPerPoint, int intervalsInLast)
    {
        _points = points.ToArray();
        _count = points.Length;
        _intervalsPerPoint = intervalsPerPoint;
        _intervalsInLast = intervalsInLast;
    }

    /// <summary>An interval is over, the next after the last one.</summary>
    public void Add(in IntervalPoint interval)
    {
        if (_count > 0 && _intervalsInLast < _intervalsPerPoint)
        {
            _points[_count - 1].Join(interval);
            _intervalsInLast++;
            return;
        }

        if (_count == MaxPoints)
        {
            Halve();
        }

        if (_count == _points.Length)
        {
            Array.Resize(ref _points, Math.Clamp(_count * 2, FirstRoom, MaxPoints));
        }

        _points[_count++] = interval;
        _intervalsInLast = 1;
    }

    public ImmutableArray<IntervalFigures> ToFigures(Instant origin)
    {
        var figures = ImmutableArray.CreateBuilder<IntervalFigures>(_count);
        foreach (ref readonly IntervalPoint point in Points)
        {
            figures.Add(point.ToFigures(origin));
        }

        return figures.MoveToImmutable();
    }

    private void Halve()
    {
        for (int i = 0; i < MaxPoints / 2; i++)
        {
            _points[i] = _points[2 * i];
            _points[i].Join(_points[(2 * i) + 1]);
        }

        _count = MaxPoints / 2;
        _intervalsPerPoint *= 2;
    }
}
