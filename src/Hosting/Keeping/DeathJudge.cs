using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Hosting.Keeping;

/// <summary>
/// Whether a session may be what processes die of: after five deaths within a minute the one that was worked on most often is
/// given up, and at the next death within a minute all are.
/// </summary>
internal static class DeathJudge
{
    /// <summary>So many deaths within <see cref="Span"/> are too many.</summary>
    public const int TooMany = 5;

    public static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    /// <summary>A process has died.</summary>
    /// <param name="notes">What was known before.</param>
    /// <param name="latest">This death.</param>
    /// <param name="next">What is to be known from now on.</param>
    public static Suspicion Judge(DeathNotes notes, DeathNote latest, out DeathNotes next)
    {
        DeathNote[] recent = [.. notes.Deaths.Where(death => IsRecent(death.At, latest.At)).TakeLast(TooMany - 1), latest];
        if (recent.Length < TooMany)
        {
            next = new DeathNotes(notes.GaveUpAt, recent);
            return default;
        }

        if (notes.GaveUpAt > 0 && IsRecent(notes.GaveUpAt, latest.At))
        {
            next = DeathNotes.None;
            return new Suspicion(All: true, Session: null);
        }

        next = new DeathNotes(latest.At, recent);
        return new Suspicion(All: false, MostOftenUnderWay(recent));
    }

    private static bool IsRecent(long at, long now) => at <= now && now - at <= Span.TotalNanoseconds;

    // Of those that were so equally often the one of the latest death.
    private static SessionId? MostOftenUnderWay(DeathNote[] deaths) => deaths
        .Reverse()
        .SelectMany(death => death.UnderWay.Select((serial, worker) => new SessionId(worker, serial)))
        .Where(session => session.Serial > 0)
        .GroupBy(session => session)
        .OrderByDescending(group => group.Count())
        .Select(group => (SessionId?)group.Key)
        .FirstOrDefault();
}
