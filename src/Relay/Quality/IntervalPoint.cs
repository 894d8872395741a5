namespace RtpProxy.Relay.Quality;

/// <summary>An interval of a stream's life, as it is kept. Plain data.</summary>
internal struct IntervalPoint
{
    /// <summary>Stands for a jitter that is not known.</summary>
    public const uint NoJitter = uint.MaxValue;

    private const double ThousandthsOfOne = 1000;
    private const double MicrosecondsPerMillisecond = 1000;

    public Instant At;

    public uint Milliseconds;

    public uint Received;

    public uint Expected;

    public uint Late;

    /// <summary>At the end of the interval.</summary>
    public uint JitterMicroseconds;

    /// <summary>MOS-LQ in thousandths, 0 for none.</summary>
    public ushort Score;

    public readonly uint Lost => Expected > Received ? Expected - Received : 0;

    /// <summary>Becomes one with the interval that follows on it: the score is the mean.</summary>
    public void Join(in IntervalPoint next)
    {
        // Of as many packets, or else the longer half would not count more.
        ulong weight = Score > 0 ? Expected : 0;
        ulong nextWeight = next.Score > 0 ? next.Expected : 0;
        if (weight + nextWeight > 0)
        {
            Score = (ushort)(((Score * weight) + (next.Score * nextWeight)) / (weight + nextWeight));
        }

        Milliseconds += next.Milliseconds;
        Received += next.Received;
        Expected += next.Expected;
        Late += next.Late;
        JitterMicroseconds = next.JitterMicroseconds == NoJitter ? JitterMicroseconds : next.JitterMicroseconds;
    }

    /// <param name="origin">When the session was set up.</param>
    public readonly IntervalFigures ToFigures(Instant origin) => new(
        At - origin,
        TimeSpan.FromMilliseconds(Milliseconds),
        Received,
        Expected,
        Late,
        JitterMicroseconds == NoJitter ? null : JitterMicroseconds / MicrosecondsPerMillisecond,
        Score == 0 ? null : Score / ThousandthsOfOne);
}
