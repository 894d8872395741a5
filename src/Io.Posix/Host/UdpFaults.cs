namespace RtpProxy.Io.Posix.Host;

/// <summary>What went wrong with UDP datagrams of a network namespace since boot (RFC 4113, and Linux's own).</summary>
/// <param name="Received">Datagrams given to sockets.</param>
/// <param name="NoPorts">Came to a port that nobody has open.</param>
/// <param name="ReceiveErrors">Could not be delivered; those for want of room, or with a wrong checksum, are among them.</param>
/// <param name="ReceiveBufferErrors">Found the socket's buffer full.</param>
/// <param name="SendBufferErrors">Were not sent because a buffer was full.</param>
/// <param name="ChecksumErrors">Came damaged.</param>
/// <param name="MemoryErrors">Found all of UDP's memory (<c>net.ipv4.udp_mem</c>) used.</param>
public readonly record struct UdpFaults(
    ulong Received,
    ulong NoPorts,
    ulong ReceiveErrors,
    ulong ReceiveBufferErrors,
    ulong SendBufferErrors,
    ulong ChecksumErrors,
    ulong MemoryErrors)
{
    /// <summary>Reads <c>/proc/net/snmp</c>: a line of names and a line of values for each protocol. Null without UDP's.</summary>
    public static UdpFaults? ParseSnmp(string? text)
    {
        string[][] lines = [.. HostNumbers.Lines(text).Where(line => line.StartsWith("Udp: ", StringComparison.Ordinal)).Select(HostNumbers.Words)];
        return lines is [string[] names, string[] values, ..]
            ? From(name => Array.IndexOf(names, name) is > 0 and { } at && at < values.Length ? HostNumbers.Unsigned(values[at]) : null)
            : null;
    }

    /// <summary>Reads <c>/proc/net/snmp6</c>: a name and a value on each line. Null without UDP's.</summary>
    public static UdpFaults? ParseSnmp6(string? text)
    {
        var values = new Dictionary<string, ulong?>(StringComparer.Ordinal);
        foreach (string[] words in HostNumbers.Lines(text).Select(HostNumbers.Words))
        {
            if (words is [string name, string value])
            {
                values[name] = HostNumbers.Unsigned(value);
            }
        }

        return values.ContainsKey("Udp6InDatagrams") ? From(name => values.GetValueOrDefault("Udp6" + name)) : null;
    }

    /// <summary>Of IPv4 and IPv6 together.</summary>
    public static UdpFaults Sum(UdpFaults one, UdpFaults other) => new(
        one.Received + other.Received,
        one.NoPorts + other.NoPorts,
        one.ReceiveErrors + other.ReceiveErrors,
        one.ReceiveBufferErrors + other.ReceiveBufferErrors,
        one.SendBufferErrors + other.SendBufferErrors,
        one.ChecksumErrors + other.ChecksumErrors,
        one.MemoryErrors + other.MemoryErrors);

    private static UdpFaults From(Func<string, ulong?> find) => new(
        find("InDatagrams") ?? 0,
        find("NoPorts") ?? 0,
        find("InErrors") ?? 0,
        find("RcvbufErrors") ?? 0,
        find("SndbufErrors") ?? 0,
        find("InCsumErrors") ?? 0,
        find("MemErrors") ?? 0);
}
