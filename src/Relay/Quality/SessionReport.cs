using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Quality;

/// <summary>
/// How a session fares, at one moment: plain values that may go to any thread. Made by <see cref="SessionReports"/> when somebody
/// asks, and when a session ends.
/// </summary>
public sealed record SessionReport
{
    public required SessionId Id { get; init; }

    public required string CallId { get; init; }

    /// <summary>As the controller told it, media number included.</summary>
    public required string FromTag { get; init; }

    /// <summary>Of who answered last; null until somebody did.</summary>
    public string? ToTag { get; init; }

    /// <summary>The moment of the report.</summary>
    public required Instant At { get; init; }

    /// <summary>Since the session was set up.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Both parties have a port.</summary>
    public bool IsComplete { get; init; }

    /// <summary>It carries a copy of another session; its own parties are not heard.</summary>
    public bool CarriesCopy { get; init; }

    /// <summary>It carries to a subscriber, at the callee's side, what a party of the call sends; nothing comes from there.</summary>
    public bool IsSubscribed { get; init; }

    /// <summary>Seconds until the session times out, if nothing more is heard.</summary>
    public int RemainingSeconds { get; init; }

    public Verdict Verdict { get; init; }

    /// <summary>The last two offers and answers; null before there was one.</summary>
    public SignallingCommand? LastCommand { get; init; }

    public SignallingCommand? EarlierCommand { get; init; }

    public required LegReport Caller { get; init; }

    public required LegReport Callee { get; init; }

    public LegReport this[Side side] => side == Side.Caller ? Caller : Callee;
}
