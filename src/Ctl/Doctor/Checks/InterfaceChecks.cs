namespace RtpProxy.Ctl.Doctor.Checks;

/// <summary>Network cards, their drivers and the cloud behind them.</summary>
internal static class InterfaceChecks
{
    private const long OrdinaryMtu = 1500;
    private const string Loopback = "lo";

    // Amazon's ENA: packets that the cloud threw away because the machine is allowed no more.
    private const string Allowance = "allowance_exceeded";

    // Of Google's, Microsoft's, Intel's and Mellanox' drivers and of virtio: packets that found no room.
    private static readonly string[] NoRoom =
        ["rx_no_buffer", "rx_missed", "rx_out_of_buffer", "rx_discards", "_drops", "rx_dropped", "rx_queue_drop", "no_memory"];

    public static IEnumerable<Finding> Mtu(Examination host)
    {
        const string Check = "mtu";
        (string Name, long Mtu)[] small =
            [.. Cards(host).Where(pair => pair.Value.Mtu < OrdinaryMtu).Select(pair => (pair.Key, pair.Value.Mtu!.Value))];
        foreach ((string name, long mtu) in small)
        {
            yield return Finding.Note(
                Check, $"{name} carries packets of {mtu} bytes at most: longer ones, as of video, go in pieces", "ip link set dev " + name + " mtu 1500, if the network behind it carries that");
        }

        if (small.Length == 0)
        {
            yield return Finding.Fine(Check, $"{string.Join(", ", Cards(host).Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value.Mtu}")))}");
        }
    }

    public static IEnumerable<Finding> Drops(Examination host)
    {
        const string Check = "interface-drops";
        bool isAnything = false;
        foreach ((string name, InterfaceSample card) in Cards(host))
        {
            ulong growth = host.Growth(sample => sample.Interfaces.GetValueOrDefault(name)?.Dropped);
            if (growth > 0)
            {
                isAnything = true;
                yield return Finding.Warning(
                    Check, $"{name}: {host.Count(card.Dropped, growth)} received packets were thrown away", $"ethtool -G {name} rx 4096, and see what the driver counts: ethtool -S {name}");
            }
            else if (card.Dropped > 0)
            {
                isAnything = true;
                yield return Finding.Note(Check, $"{name}: {card.Dropped} received packets were thrown away since it came up; none now");
            }
        }

        if (!isAnything)
        {
            yield return Finding.Fine(Check, $"no card threw a packet away");
        }
    }

    public static IEnumerable<Finding> Driver(Examination host)
    {
        const string Check = "driver";
        foreach ((string name, InterfaceSample card) in Cards(host))
        {
            if (card.Driver is not { } counters)
            {
                yield return Finding.Unknown(Check, $"{name}: what its driver counts (cloud allowances, card drops) is not told: {card.DriverReason}");
                continue;
            }

            bool isAnything = false;
            foreach ((string counter, ulong count) in counters.Where(pair => pair.Value > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                ulong growth = host.Growth(sample => sample.Interfaces.GetValueOrDefault(name)?.Driver?.GetValueOrDefault(counter));
                if (counter.Contains(Allowance, StringComparison.Ordinal))
                {
                    isAnything = true;
                    yield return Finding.Bad(
                        growth > 0,
                        Check,
                        $"{name}: {counter}: the cloud threw {host.Count(count, growth)} packets away because this machine is allowed no more",
                        "a larger instance type, or fewer calls on this one");
                }
                else if (Array.Exists(NoRoom, part => counter.Contains(part, StringComparison.Ordinal)))
                {
                    isAnything = true;
                    const string Change = "a longer ring (ethtool -G), interrupts on more processors";
                    yield return growth > 0
                        ? Finding.Warning(Check, $"{name}: {counter}: {host.Count(count, growth)}", Change)
                        : Finding.Note(Check, $"{name}: {counter}: {count}, none now", Change);
                }
            }

            if (!isAnything)
            {
                yield return Finding.Fine(Check, $"{name}: none of the {counters.Count} counters of its driver tells of dropped packets");
            }
        }
    }

    public static IEnumerable<Finding> ReversePath(Examination host)
    {
        const string Check = "reverse-path";
        const string Directory = "/proc/sys/net/ipv4/conf/";
        long all = host.Files.Number($"{Directory}all/rp_filter") ?? 0;

        // The stricter of "all" and the interface's own: loose (2) above strict (1) above none.
        string[] strict = [.. Cards(host).Select(pair => pair.Key)
            .Where(name => Math.Max(all, host.Files.Number($"{Directory}{name}/rp_filter") ?? 0) == 1)];
        if (strict.Length > 0 && Cards(host).Count() > 1)
        {
            yield return Finding.Warning(
                Check,
                $"reverse-path filter is strict on {string.Join(", ", strict)}: packets that come on another card than the one that leads back to their sender are thrown away, uncounted",
                $"sysctl -w {string.Join(' ', strict.Select(name => $"net.ipv4.conf.{name}.rp_filter=2"))}");
        }
        else
        {
            yield return Finding.Fine(Check, $"reverse-path filter {(strict.Length > 0 ? "is strict, and there is one card only" : "throws nothing away")}");
        }
    }

    private static IEnumerable<KeyValuePair<string, InterfaceSample>> Cards(Examination host) =>
        host.Now.Interfaces.Where(pair => pair.Key != Loopback && pair.Value.IsUp).OrderBy(pair => pair.Key, StringComparer.Ordinal);
}
