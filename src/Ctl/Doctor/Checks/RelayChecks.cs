using System.Globalization;
using RtpProxy.Admin;
using RtpProxy.Ctl.Calls;

namespace RtpProxy.Ctl.Doctor.Checks;

/// <summary>What the relays tell of themselves.</summary>
internal static class RelayChecks
{
    private const double FullSoon = 0.8;
    private const double Full = 0.95;
    private const double LateTurn = 0.01; // seconds: half of what a packet of 20 ms carries
    private const double VeryLateTurn = 0.1;
    private const double RareTurns = 0.001;
    private const ulong FewTurns = 10; // that a start, or a page to be read, explains

    public static IEnumerable<Finding> Answers(Examination host)
    {
        const string Check = "relay";
        foreach (RelaySample relay in host.Relays)
        {
            if (relay.Problem is { } problem)
            {
                yield return Finding.Fault(Check, $"{relay.Name}: {problem}", "start rtpproxy, or name its sockets by -s and --admin");
            }
            else if (relay.Hello is { } hello)
            {
                TimeSpan up = DateTimeOffset.UtcNow - hello.StartedAt;
                yield return Finding.Fine(
                    Check,
                    $"{relay.Name}: version {hello.Version}, pid {hello.Pid}, up {TimeText.Of(up.TotalSeconds)}, {relay.Sessions} sessions{(hello.Draining ? ", draining" : "")}");
            }
            else
            {
                yield return Finding.Note(
                    Check,
                    $"{relay.Name}: {relay.Sessions} sessions; without an admin socket it tells nothing of its workers, ports and drops",
                    "start rtpproxy with --admin unix:PATH, and name it here by --admin");
            }
        }
    }

    /// <summary>Ports in use, where the relay tells.</summary>
    public static IEnumerable<Finding> Ports(Examination host)
    {
        const string Check = "ports";
        foreach (RelaySample relay in host.Relays)
        {
            if (relay.Counters is not { PortsLimit: > 0 } counters)
            {
                continue;
            }

            double share = (double)counters.PortsUsed / counters.PortsLimit;
            FormattableString text = $"{relay.Name}: {counters.PortsUsed} of {counters.PortsLimit} media ports are in use ({100 * share:0} %){ThatFit(relay.Host)}";
            yield return share >= FullSoon
                ? Finding.Bad(share >= Full, Check, text, "widen the range with -m and -M, and open it in the firewall")
                : Finding.Fine(Check, text);
        }
    }

    /// <summary>How late the workers' turns are; by what happened between the readings, or since the start if nothing did.</summary>
    public static IEnumerable<Finding> WorkerLag(Examination host)
    {
        const string Check = "worker-lag";
        foreach ((RelaySample now, RelaySample before) in host.Relays.Zip(host.RelaysBefore))
        {
            foreach (WorkerFigures worker in now.Counters?.Workers ?? [])
            {
                Histogram lag = worker.LagSeconds;
                Histogram? earlier = before.Counters?.Workers.FirstOrDefault(other => other.Worker == worker.Worker)?.LagSeconds;
                ulong turns = Above(lag, double.NegativeInfinity);
                ulong late = Above(lag, LateTurn);
                ulong lateNow = Examination.Difference(late, earlier is null ? null : Above(earlier, LateTurn));
                ulong veryLateNow = Examination.Difference(Above(lag, VeryLateTurn), earlier is null ? null : Above(earlier, VeryLateTurn));
                FormattableString text = $"{now.Name}: worker {worker.Worker}: {host.Count(late, lateNow)} of {turns} turns came more than {1000 * LateTurn:0} ms late";
                bool isBad = veryLateNow > 0 || (late > FewTurns && (double)late / turns > RareTurns);
                yield return isBad
                    ? Finding.Bad(
                        veryLateNow > 0, Check, text, "give it processors: fewer programs beside it, --workers of at most the usable processors, -c rr or --nice -10, CPUAffinity= in its unit")
                    : Finding.Fine(Check, text);
            }
        }
    }

    /// <summary>What the relay itself lost on the way to its log, disk and listeners.</summary>
    public static IEnumerable<Finding> Losses(Examination host)
    {
        const string Check = "lost-events";
        foreach (RelayCounters counters in host.Relays.Select(relay => relay.Counters).OfType<RelayCounters>())
        {
            foreach ((string consumer, ulong count) in counters.EventsLost.Where(pair => pair.Value > 0))
            {
                yield return consumer switch
                {
                    "digits" => Finding.Warning(Check, $"{count} digits were not told: they came too fast, or could not be sent", "look in the log for --dtmf-log-dest, and for digits that come too fast"),
                    "b2b" => Finding.Warning(Check, $"{count} calls that timed out were not told, or not taken", "look in the log for --b2b-url"),
                    _ => Finding.Warning(Check, $"{count} events did not reach '{consumer}': it is too slow", "look at the disk or the collector behind it"),
                };
            }

            if (counters.RecordsLost > 0)
            {
                yield return Finding.Warning(Check, $"{counters.RecordsLost} recorded packets are lost: the disk is too slow", "record to another disk (-r, -S), or less");
            }
        }
    }

    private static string ThatFit(HostFigures? figures) => figures is { SessionsThatFit: > 0 and var fit }
        ? string.Create(CultureInfo.InvariantCulture, $"; {fit} sessions fit by ports and descriptors")
        : "";

    private static ulong Above(Histogram histogram, double bound)
    {
        ulong sum = 0;
        for (int i = 0; i < histogram.Counts.Count; i++)
        {
            // The class lies above the bound of the one before it.
            double begin = i == 0 ? double.NegativeInfinity : histogram.Bounds.ElementAtOrDefault(i - 1);
            sum += begin >= bound ? histogram.Counts[i] : 0;
        }

        return sum;
    }
}
