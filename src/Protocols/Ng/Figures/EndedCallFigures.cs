namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>Calls that ended since start, by what ended them; and calls that were refused (ng protocol, 7.5).</summary>
public sealed record EndedCallFigures
{
    public long Ended { get; init; }

    public long Rejected { get; init; }

    /// <summary>No media.</summary>
    public long TimedOut { get; init; }

    /// <summary>No media while on hold.</summary>
    public long TimedOutSilent { get; init; }

    /// <summary>Too old.</summary>
    public long TimedOutFinally { get; init; }

    /// <summary>Never answered.</summary>
    public long TimedOutUnanswered { get; init; }

    /// <summary>Deleted by a controller.</summary>
    public long Deleted { get; init; }

    /// <summary>Ended by an operator.</summary>
    public long Forced { get; init; }

    /// <summary>Streams of ended calls that received nothing, while their partners did not either.</summary>
    public long ZeroWayStreams { get; init; }

    /// <summary>Streams of ended calls that received nothing, while their partners did.</summary>
    public long OneWayStreams { get; init; }

    /// <summary>Of all ended calls together.</summary>
    public TimeSpan TotalDuration { get; init; }
}
