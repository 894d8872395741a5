namespace RtpProxy.Relay.Quality.Evidence;

/// <summary>An offer or an answer that was carried out. Plain data.</summary>
internal struct CommandEvidence
{
    /// <summary>Nobody: there was none.</summary>
    public SignalledBy By;

    /// <summary>In whose name.</summary>
    public Side Of;

    public Instant At;

    /// <summary>It came before the call was complete, made it so, or answered that offer: no hold and no transfer.</summary>
    public bool IsOfSetUp;
}
