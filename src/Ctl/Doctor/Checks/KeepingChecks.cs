namespace RtpProxy.Ctl.Doctor.Checks;

/// <summary>Who keeps whom running: a keeper the relay, the relay its watcher.</summary>
internal static class KeepingChecks
{
    public static IEnumerable<Finding> Keeper(Examination host)
    {
        const string Check = "keeper";
        foreach ((RelaySample now, RelaySample before) in host.Relays.Zip(host.RelaysBefore))
        {
            switch (now.Hello)
            {
                case { Kept: true, Deaths: > 0 and var deaths }:
                    bool isNow = before.Hello is { Kept: true } earlier && earlier.Deaths < deaths;
                    yield return Finding.Bad(
                        isNow,
                        Check,
                        $"{now.Name}: {deaths} processes of it have died since its keeper was started; their calls went on",
                        "look for their ends in its log: who was killed, by whom; who crashed, where");
                    break;
                case { Kept: true }:
                    yield return Finding.Fine(Check, $"{now.Name}: kept; its process may die or be upgraded without ending a call");
                    break;
                case { Kept: false }:
                    yield return Finding.Fine(Check, $"{now.Name}: not kept (--keep): its calls end with its process");
                    break;
            }
        }
    }

    public static IEnumerable<Finding> Watcher(Examination host)
    {
        const string Check = "watcher";
        foreach ((RelaySample now, RelaySample before) in host.Relays.Zip(host.RelaysBefore))
        {
            if (now.Counters is not { WatcherRestarts: > 0 and var restarts })
            {
                continue;
            }

            ulong more = Examination.Difference(restarts, before.Counters?.WatcherRestarts);
            FormattableString text = $"{now.Name}: its watcher was started again {host.Count(restarts, more)} times";
            const string Change = "its log says why each ended: lines of the event 3102";
            yield return more > 0 ? Finding.Warning(Check, text, Change) : Finding.Note(Check, text, Change);
        }
    }
}
