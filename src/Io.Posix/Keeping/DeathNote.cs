namespace RtpProxy.Io.Posix.Keeping;

/// <summary>A process died.</summary>
/// <param name="At">When that was found, in nanoseconds of the monotonic clock.</param>
/// <param name="UnderWay">By worker, the session that it was about; 0 for none.</param>
public sealed record DeathNote(long At, IReadOnlyList<long> UnderWay);
