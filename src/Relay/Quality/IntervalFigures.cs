namespace RtpProxy.Relay.Quality;

/// <summary>How a stream fared for some seconds of its life.</summary>
/// <param name="At">When the interval began, since the session was set up.</param>
/// <param name="Length">5 s, or more where a long call's history was made coarser.</param>
/// <param name="Received">Different packets.</param>
/// <param name="Expected">Packets that must have been sent, by their numbers.</param>
/// <param name="Late">Packets that came too late to be played.</param>
/// <param name="JitterMilliseconds">At the end of the interval; null where the clock of the payload is not known.</param>
/// <param name="Score">MOS-LQ, 1 to 4.5; null where the codec has none, or too few packets were expected.</param>
public readonly record struct IntervalFigures(
    TimeSpan At,
    TimeSpan Length,
    uint Received,
    uint Expected,
    uint Late,
    double? JitterMilliseconds,
    double? Score)
{
    /// <summary>Expected and not received; duplicates and reordering never make it negative.</summary>
    public uint Lost => Expected > Received ? Expected - Received : 0;
}
