namespace RtpProxy.Io.Posix.Host;

/// <summary>Packets on their way from the network card, on all processors since boot; <c>/proc/net/softnet_stat</c>.</summary>
/// <param name="Processed">Packets that came through.</param>
/// <param name="Dropped">Found the queue of a processor full (<c>net.core.netdev_max_backlog</c>).</param>
/// <param name="Squeezed">How often work was left for later (<c>net.core.netdev_budget</c>).</param>
public readonly record struct BacklogFigures(ulong Processed, ulong Dropped, ulong Squeezed)
{
    /// <summary>A line of hexadecimal numbers for each processor; null if there is none.</summary>
    public static BacklogFigures? Parse(string? text)
    {
        BacklogFigures? sum = null;
        foreach (string[] words in HostNumbers.Lines(text).Select(HostNumbers.Words))
        {
            if (words.Length >= 3
                && HostNumbers.Hexadecimal(words[0]) is { } processed
                && HostNumbers.Hexadecimal(words[1]) is { } dropped
                && HostNumbers.Hexadecimal(words[2]) is { } squeezed)
            {
                BacklogFigures before = sum ?? default;
                sum = new BacklogFigures(
                    unchecked(before.Processed + processed), unchecked(before.Dropped + dropped), unchecked(before.Squeezed + squeezed));
            }
        }

        return sum;
    }
}
