namespace RtpProxy.Io.Posix.Host;

/// <summary>The kernel's table of connections, where there is one.</summary>
/// <param name="Count">Connections in it; UDP streams are some.</param>
/// <param name="Limit">How many fit: packets of another one are thrown away.</param>
/// <param name="Dropped">Packets thrown away because it was full, or no place was found in it, on all processors; null if that is not told.</param>
public readonly record struct ConntrackFigures(long Count, long Limit, ulong? Dropped)
{
    private const string Directory = "/proc/sys/net/netfilter/";

    /// <summary>Null where connections are not tracked.</summary>
    public static ConntrackFigures? Read(HostFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.Number(Directory + "nf_conntrack_count") is { } count && files.Number(Directory + "nf_conntrack_max") is { } limit
            ? new ConntrackFigures(count, limit, ParseDrops(files.Text("/proc/net/stat/nf_conntrack")))
            : null;
    }

    /// <summary>Reads <c>/proc/net/stat/nf_conntrack</c>: headings, and a line of hexadecimal numbers for each processor.</summary>
    public static ulong? ParseDrops(string? text)
    {
        string[][] lines = [.. HostNumbers.Lines(text).Select(HostNumbers.Words)];
        if (lines.Length < 2)
        {
            return null;
        }

        ulong? sum = null;
        foreach (string name in (string[])["drop", "early_drop", "insert_failed"])
        {
            int column = Array.IndexOf(lines[0], name);
            foreach (string[] values in lines.Skip(1).Where(values => column >= 0 && column < values.Length))
            {
                sum = (sum ?? 0) + (HostNumbers.Hexadecimal(values[column]) ?? 0);
            }
        }

        return sum;
    }
}
