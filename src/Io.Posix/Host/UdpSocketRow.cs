namespace RtpProxy.Io.Posix.Host;

/// <summary>A line of <c>/proc/net/udp</c> or <c>udp6</c>: a UDP socket that is bound.</summary>
/// <param name="Port">Its own.</param>
/// <param name="Queued">Bytes that wait to be read, with the kernel's own beside them.</param>
/// <param name="Inode">Which socket it is: <c>/proc/PID/fd</c> has links to <c>socket:[INODE]</c>.</param>
/// <param name="Drops">Datagrams that found no room in it.</param>
public readonly record struct UdpSocketRow(int Port, ulong Queued, ulong Inode, ulong Drops)
{
    // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode ref pointer drops
    private const int Local = 1;
    private const int Queues = 4;
    private const int InodeColumn = 9;
    private const int DropsColumn = 12;

    /// <summary>Null for the headings, and for what is no such line.</summary>
    public static UdpSocketRow? Parse(string line)
    {
        string[] words = HostNumbers.Words(line);
        if (words.Length <= DropsColumn)
        {
            return null;
        }

        string local = words[Local];
        string queues = words[Queues];
        return HostNumbers.Hexadecimal(local[(local.LastIndexOf(':') + 1)..]) is <= 65_535 and { } port
            && HostNumbers.Hexadecimal(queues[(queues.LastIndexOf(':') + 1)..]) is { } queued
            && HostNumbers.Unsigned(words[InodeColumn]) is { } inode
            && HostNumbers.Unsigned(words[DropsColumn]) is { } drops
                ? new UdpSocketRow((int)port, queued, inode, drops)
                : null;
    }
}
