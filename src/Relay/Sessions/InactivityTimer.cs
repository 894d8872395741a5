namespace RtpProxy.Relay.Sessions;

/// <summary>
/// Counts whole seconds without media down to zero (control protocol, section 6.6). Both legs of a session share one,
/// unless <c>-i</c> gives each its own.
/// </summary>
/// <remarks>Owned by one worker. All it knows is in <see cref="State"/>.</remarks>
public sealed class InactivityTimer
{
    private InactivityTimerState _state;

    /// <param name="setupSeconds">Limit until the session is complete.</param>
    /// <param name="completeSeconds">Limit from then on.</param>
    public InactivityTimer(int setupSeconds, int completeSeconds)
    {
        _state.Limit = setupSeconds;
        _state.CompleteLimit = completeSeconds;
        _state.Remaining = setupSeconds;
    }

    internal InactivityTimer(in InactivityTimerState state) => _state = state;

    /// <summary>Seconds left; at 0 the next tick ends the session.</summary>
    public int Remaining => _state.Remaining;

    /// <summary>What it knows, to be copied out and in.</summary>
    internal ref InactivityTimerState State => ref _state;

    public void Restart() => _state.Remaining = _state.Limit;

    /// <summary>The session became complete: the normal limit holds from now on.</summary>
    public void OnComplete()
    {
        _state.Limit = _state.CompleteLimit;
        _state.Remaining = _state.Limit;
    }

    /// <summary>Sub-command <c>S ttl=N</c>: a new limit, now and after completion.</summary>
    public void SetLimit(int seconds)
    {
        _state.Limit = seconds;
        _state.CompleteLimit = seconds;
        _state.Remaining = seconds;
    }

    /// <summary>One second has passed. False when time was up already.</summary>
    public bool Tick()
    {
        if (Remaining == 0)
        {
            return false;
        }

        _state.Remaining--;
        return true;
    }
}
