using RtpProxy.Relay;

namespace RtpProxy.Io;

/// <summary>Lets one log line of a repeated fault pass per interval, and counts the others.</summary>
/// <remarks>Owned by one thread.</remarks>
internal struct RateLimit(TimeSpan interval)
{
    private Instant? _last;
    private long _suppressed;

    /// <param name="suppressed">How often the fault happened unsaid since the last line.</param>
    public bool TryPass(Instant now, out long suppressed)
    {
        suppressed = _suppressed;
        if (_last is { } last && now - last < interval)
        {
            _suppressed++;
            return false;
        }

        _last = now;
        _suppressed = 0;
        return true;
    }
}
