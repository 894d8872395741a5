namespace RtpProxy.Relay.Sessions;

/// <summary>All that an <see cref="InactivityTimer"/> knows, in whole seconds. Plain data.</summary>
internal struct InactivityTimerState
{
    public int Limit;

    /// <summary>The limit once the session is complete.</summary>
    public int CompleteLimit;

    public int Remaining;
}
