using System.Globalization;
using RtpProxy.Ctl.Output;
using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Ctl;

/// <summary>Turns two readings of counters into what a node did meanwhile, and what is wrong with it.</summary>
internal static class ActivityReader
{
    // A tenth of the packets thrown away, or of the commands refused, is more than endpoints that start and stop explain.
    private const decimal TroublingShare = 0.1m;
    private static readonly TimeSpan SlowReply = TimeSpan.FromMilliseconds(100);

    public static NodeActivity Read(CounterSample now, CounterSample before, TimeProvider time)
    {
        IReadOnlyDictionary<string, decimal>? rates = now.RatesSince(before, time);
        decimal received = Rate(GlobalCounter.PacketsReceived);
        decimal discarded = Rate(GlobalCounter.PacketsDiscarded);
        decimal commands = Rate(GlobalCounter.CommandsReceived);
        decimal errors = Rate(GlobalCounter.CommandsFailed);
        decimal timeouts = Rate(GlobalCounter.SessionsTimedOut);
        return new NodeActivity(
            now.Socket,
            now.Time,
            ActiveSessions(now),
            received,
            Rate(GlobalCounter.PacketsRelayed),
            discarded,
            commands,
            errors,
            timeouts,
            Math.Round(now.RoundTrip.TotalMilliseconds, 3),
            Describe(),
            now.Hello?.Version,
            now.Hello is { } hello ? Math.Max(0, Math.Round((now.Time - hello.StartedAt).TotalSeconds)) : null,
            now.InTrouble,
            now.Hello?.Kept,
            now.Hello is { Kept: true } kept ? kept.Deaths : null);

        decimal Rate(GlobalCounter counter) => CounterSample.RateOf(rates, counter.Text());

        string? Describe()
        {
            if (now.Counters is null)
            {
                return now.Problem;
            }

            List<string> troubles = [];
            AddIf(discarded > 0 && discarded >= received * TroublingShare, $"drops {discarded:0.#} packets/s of {received:0.#}");
            AddIf(errors > 0 && errors >= commands * TroublingShare, $"refuses {errors:0.#} commands/s of {commands:0.#}");
            AddIf(timeouts > 0, $"{timeouts:0.#} sessions/s time out");
            AddIf(now.RoundTrip > SlowReply, $"takes {now.RoundTrip.TotalMilliseconds:0} ms to answer");
            return troubles.Count == 0 ? null : string.Join(", ", troubles);

            void AddIf(bool troubling, FormattableString words)
            {
                if (troubling)
                {
                    troubles.Add(words.ToString(CultureInfo.InvariantCulture));
                }
            }
        }
    }

    private static long ActiveSessions(CounterSample sample) =>
        sample.Counters is { } counters
        && counters.TryGetValue(GlobalCounter.SessionsCreated.Text(), out decimal created)
        && counters.TryGetValue(GlobalCounter.SessionsDestroyed.Text(), out decimal destroyed)
            ? (long)(created - destroyed)
            : 0;
}
