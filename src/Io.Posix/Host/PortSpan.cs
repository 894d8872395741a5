namespace RtpProxy.Io.Posix.Host;

/// <summary>Port numbers from one to another, both included.</summary>
public readonly record struct PortSpan(int Min, int Max)
{
    public int Count => Max - Min + 1;

    /// <summary>Reads <c>/proc/sys/net/ipv4/ip_local_port_range</c> (ip(7)); null for what is none.</summary>
    public static PortSpan? Parse(string? text) =>
        HostNumbers.Words(text) is [string min, string max]
        && HostNumbers.Decimal(min) is >= 0 and <= 65_535 and { } first
        && HostNumbers.Decimal(max) is <= 65_535 and { } last && first <= last
            ? new PortSpan((int)first, (int)last)
            : null;

    /// <summary>
    /// Reads <c>/proc/sys/net/ipv4/ip_local_reserved_ports</c>, such as <c>35000-65000,8080</c>; what is no span in it is left out.
    /// </summary>
    public static IReadOnlyList<PortSpan> ParseList(string? text) =>
        [.. (text ?? "").Split(',').Select(part => part.Split('-')).Select(ends => Parse($"{ends[0]} {ends[^1]}")).OfType<PortSpan>()];

    /// <summary>What two have in common; null if that is nothing.</summary>
    public PortSpan? Common(PortSpan other)
    {
        var common = new PortSpan(Math.Max(Min, other.Min), Math.Min(Max, other.Max));
        return common.Min <= common.Max ? common : null;
    }

    public bool Holds(PortSpan other) => Common(other) == other;

    public override string ToString() => $"{Min} to {Max}";
}
