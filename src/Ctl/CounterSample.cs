using System.Globalization;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Ctl;

/// <summary>The counters of one node at one instant, and what they say beside those of another.</summary>
internal sealed record CounterSample(
    string Socket,
    DateTimeOffset Time,
    long Timestamp,
    TimeSpan RoundTrip,
    IReadOnlyDictionary<string, decimal>? Counters,
    RelayAnswer<IReadOnlyDictionary<string, string>> Answer)
{
    // A counter of these is a rate or a level already; its change per second says nothing.
    private const string Rate = "pps_in";

    public static async Task<CounterSample> TakeAsync(
        RelayClient relay, IReadOnlyList<string> names, TimeProvider time, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        RelayAnswer<IReadOnlyDictionary<string, string>> answer = await relay.CountersAsync(names, cancellation);
        OrderedDictionary<string, decimal>? counters = null;
        if (answer.IsDone)
        {
            counters = [];
            foreach ((string name, string text) in answer.Value!)
            {
                if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value))
                {
                    counters[name] = value;
                }
            }
        }

        long end = time.GetTimestamp();
        return new CounterSample(relay.Name, time.GetUtcNow(), end, time.GetElapsedTime(start, end), counters, answer);
    }

    /// <summary>Change of each counter per second since an earlier sample; null without two readings.</summary>
    public IReadOnlyDictionary<string, decimal>? RatesSince(CounterSample? earlier, TimeProvider time)
    {
        if (Counters is null || earlier?.Counters is null)
        {
            return null;
        }

        var seconds = (decimal)time.GetElapsedTime(earlier.Timestamp, Timestamp).TotalSeconds;
        var rates = new OrderedDictionary<string, decimal>();
        foreach ((string name, decimal value) in Counters)
        {
            // A counter that went back belongs to a daemon that was started anew.
            if (name != Rate && seconds > 0 && earlier.Counters.TryGetValue(name, out decimal before) && value >= before)
            {
                rates[name] = Math.Round((value - before) / seconds, 3);
            }
        }

        return rates;
    }

    /// <summary>The change of one counter per second; 0 if it is unknown.</summary>
    public static decimal RateOf(IReadOnlyDictionary<string, decimal>? rates, string name) =>
        rates is not null && rates.TryGetValue(name, out decimal rate) ? rate : 0;
}
