using RtpProxy.Admin;
using RtpProxy.Ctl.Calls;
using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Ctl.Nodes;

/// <summary>What an admin socket tells of a relay, by the names that the control protocol has for it.</summary>
internal static class AdminCounters
{
    private const string TimedOut = "timed-out"; // EventNotice.Reason
    private const string Carried = "ok"; // CommandCount.Result

    public static IReadOnlyDictionary<string, decimal> Read(RelayCounters counters)
    {
        decimal ended = Sum(counters.SessionsEnded);
        return new Dictionary<string, decimal>
        {
            [GlobalCounter.SessionsCreated.Text()] = ended + counters.SessionsComplete + counters.SessionsIncomplete,
            [GlobalCounter.SessionsDestroyed.Text()] = ended,
            [GlobalCounter.SessionsTimedOut.Text()] = counters.SessionsEnded.GetValueOrDefault(TimedOut),
            [GlobalCounter.PacketsReceived.Text()] = Sum(counters.Received),
            [GlobalCounter.PacketsRelayed.Text()] = Sum(counters.Relayed),
            [GlobalCounter.PacketsDiscarded.Text()] = Sum(counters.Dropped),
            [GlobalCounter.CommandsReceived.Text()] = counters.Commands.Aggregate(0m, (sum, command) => sum + command.Count),
            [GlobalCounter.CommandsFailed.Text()] =
                counters.Commands.Where(command => command.Result != Carried).Aggregate(0m, (sum, command) => sum + command.Count),
        };
    }

    public static int InTrouble(RelayCounters counters) => counters.SessionsInTrouble
        ?? counters.Verdicts.Where(pair => Verdicts.IsTrouble(pair.Key)).Sum(pair => pair.Value);

    private static decimal Sum(IReadOnlyDictionary<string, ulong> counts) => counts.Values.Aggregate(0m, (sum, count) => sum + count);
}
