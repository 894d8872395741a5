namespace RtpProxy.Io.Posix.Host;

/// <summary>What the processors did since boot, in ticks; <c>/proc/stat</c>.</summary>
/// <param name="Processors">How many are there.</param>
/// <param name="Total">Of everything, idling included.</param>
/// <param name="Idle">With waiting for disks.</param>
/// <param name="Stolen">The hypervisor ran something else though there was work.</param>
/// <param name="SoftInterrupts">Receiving packets, for the most part.</param>
public readonly record struct ProcessorTimes(int Processors, ulong Total, ulong Idle, ulong Stolen, ulong SoftInterrupts)
{
    /// <summary>Stolen time as a share, 0 to 1.</summary>
    public double Steal => Total == 0 ? 0 : (double)Stolen / Total;

    /// <summary>Null for what is no such text.</summary>
    public static ProcessorTimes? Parse(string? text)
    {
        string[] lines = [.. HostNumbers.Lines(text).Where(line => line.StartsWith("cpu", StringComparison.Ordinal))];
        if (lines.Length == 0 || HostNumbers.Words(lines[0]) is not ["cpu", .. string[] words] || words.Length < 4)
        {
            return null;
        }

        // user nice system idle iowait irq softirq steal guest guest_nice: guests are within user and nice. Old kernels tell fewer.
        ulong[] ticks = [.. words.Take(8).Select(word => HostNumbers.Unsigned(word) ?? 0)];
        Array.Resize(ref ticks, 8);
        return new ProcessorTimes(
            lines.Length - 1, ticks.Aggregate((sum, next) => unchecked(sum + next)), unchecked(ticks[3] + ticks[4]), ticks[7], ticks[6]);
    }

    /// <summary>What was done since an earlier reading; nothing if that was before a boot.</summary>
    public ProcessorTimes Since(ProcessorTimes earlier) => new(
        Processors,
        Difference(Total, earlier.Total),
        Difference(Idle, earlier.Idle),
        Difference(Stolen, earlier.Stolen),
        Difference(SoftInterrupts, earlier.SoftInterrupts));

    private static ulong Difference(ulong now, ulong before) => now >= before ? now - before : 0;
}
