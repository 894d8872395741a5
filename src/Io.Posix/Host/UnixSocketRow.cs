namespace RtpProxy.Io.Posix.Host;

/// <summary>A line of <c>/proc/net/unix</c>: a Unix socket that has a path.</summary>
/// <param name="Inode">Which socket it is: <c>/proc/PID/fd</c> has links to <c>socket:[INODE]</c>.</param>
/// <param name="Path">As its owner bound it; the file may have been removed since, or belong to another socket now.</param>
public readonly record struct UnixSocketRow(ulong Inode, string Path, bool Listens)
{
    private const ulong Accepts = 0x10000; // __SO_ACCEPTCON
    private const int Flags = 3;
    private const int InodeColumn = 6;
    private const int PathColumn = 7;

    /// <summary>Null for the headings, for sockets without a path, and for what is no such line.</summary>
    public static UnixSocketRow? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);

        // A path may have blanks in it.
        string[] words = line.Split((char[]?)null, PathColumn + 1, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > PathColumn
            && HostNumbers.Hexadecimal(words[Flags]) is { } flags && HostNumbers.Unsigned(words[InodeColumn]) is { } inode
                ? new UnixSocketRow(inode, words[PathColumn], (flags & Accepts) != 0)
                : null;
    }
}
