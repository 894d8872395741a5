namespace RtpProxy.Io.Posix.Keeping;

/// <summary>What is remembered of deaths from one process to the next.</summary>
/// <param name="GaveUpAt">When a session was last given up for them, in nanoseconds of the monotonic clock; 0 for never.</param>
/// <param name="Deaths">The oldest first, five at most.</param>
public sealed record DeathNotes(long GaveUpAt, IReadOnlyList<DeathNote> Deaths)
{
    public static DeathNotes None { get; } = new(0, []);
}
