namespace RtpProxy.Relay.Sessions;

/// <summary>
/// Counts whole seconds without media down to zero (control protocol, section 6.6). Both legs of a session share one,
/// unless <c>-i</c> gives each its own.
/// </summary>
/// <remarks>Owned by one worker. Plain data.</remarks>
public sealed class InactivityTimer
{
    private int _limit;
    private int _completeLimit;

    /// <param name="setupSeconds">Limit until the session is complete.</param>
    /// <param name="completeSeconds">Limit from then on.</param>
    public InactivityTimer(int setupSeconds, int completeSeconds)
    {
        _limit = setupSeconds;
        _completeLimit = completeSeconds;
        Remaining = setupSeconds;
    }

    /// <summary>Seconds left; at 0 the next tick ends the session.</summary>
    public int Remaining { get; private set; }

    public void Restart() => Remaining = _limit;

    /// <summary>The session became complete: the normal limit holds from now on.</summary>
    public void OnComplete()
    {
        _limit = _completeLimit;
        Remaining = _limit;
    }

    /// <summary>Sub-command <c>S ttl=N</c>: a new limit, now and after completion.</summary>
    public void SetLimit(int seconds)
    {
        _limit = seconds;
        _completeLimit = seconds;
        Remaining = seconds;
    }

    /// <summary>One second has passed. False when time was up already.</summary>
    public bool Tick()
    {
        if (Remaining == 0)
        {
            return false;
        }

        Remaining--;
        return true;
    }
}
