using RtpProxy.Relay;

namespace RtpProxy.Io.Journal;

/// <summary>Lets each of many texts pass once per interval, and counts the others: a misconfigured controller says the same for every call.</summary>
/// <remarks>Thread-safe by one short lock; for commands, never for packets.</remarks>
internal sealed class RepeatedLines(TimeSpan interval)
{
    /// <summary>Texts told apart; more share one place.</summary>
    public const int MaxTexts = 256;

    private const string AllOthers = "";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RateLimit> _limits = new(StringComparer.Ordinal);
    private Instant? _forgottenAt;

    /// <param name="repeats">How often the text did not pass since it last did.</param>
    public bool TryPass(string text, Instant now, out long repeats)
    {
        lock (_lock)
        {
            _forgottenAt ??= now;
            if (_limits.Count >= MaxTexts && now - _forgottenAt.Value >= interval)
            {
                _limits.Clear();
                _forgottenAt = now;
            }

            string key = _limits.Count < MaxTexts || _limits.ContainsKey(text) ? text : AllOthers;
            RateLimit limit = _limits.TryGetValue(key, out RateLimit known) ? known : new RateLimit(interval);
            bool passes = limit.TryPass(now, out repeats);
            _limits[key] = limit;
            return passes;
        }
    }
}
