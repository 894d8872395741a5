namespace RtpProxy.Protocols.RtppFront.Replies;

/// <summary>
/// What the sub-commands of one command returned, and how that is written behind the result of the main command (control
/// protocol, section 4.1): <c> &amp;&amp; TEXT</c>, <c> &amp;&amp; 0</c> or <c> &amp;&amp; -1</c>, without the silent
/// successes at the end.
/// </summary>
/// <remarks>Owned by one worker, which may clear and use it again; not thread-safe.</remarks>
public sealed class SubCommandResults
{
    private static readonly byte[] Silent = "0"u8.ToArray();
    private static readonly byte[] Failed = "-1"u8.ToArray();

    private readonly List<byte[]> _results = [];

    /// <summary>The last result is a failure: the sub-commands after it are not run.</summary>
    public bool HasFailed { get; private set; }

    public int Count => _results.Count;

    /// <summary>Bytes that a failure takes, behind the results before it.</summary>
    public static int FailureLength => Delimiter.Length + Failed.Length;

    /// <summary>Bytes of all results so far, were they all shown.</summary>
    public int Length { get; private set; }

    /// <summary>
    /// Whether a sub-command may run: its text fits, and so does the failure of the next one, whatever that is. A result that
    /// cannot be told is better not brought about.
    /// </summary>
    /// <param name="textLength">The most bytes of its text; null if it has none.</param>
    /// <param name="isLast">No sub-command follows.</param>
    /// <param name="room">Bytes that all results may take (<see cref="ReplyWriter.Room"/> behind the main result).</param>
    public bool HasRoomFor(int? textLength, bool isLast, int room)
    {
        if (textLength > ReplyLimits.MaxSubCommandText)
        {
            return false;
        }

        // Alone at the end a silent success is not shown, but its failure would be.
        int own = Delimiter.Length + (textLength ?? (isLast ? Failed.Length : Silent.Length));
        return Length + own + (isLast ? 0 : FailureLength) <= room;
    }

    /// <summary>Succeeded and has nothing to say.</summary>
    public void AppendSilent() => Append(Silent);

    /// <summary>Failed.</summary>
    public void AppendFailed()
    {
        Append(Failed);
        HasFailed = true;
    }

    /// <summary>
    /// Succeeded with a text; one of more than <see cref="ReplyLimits.MaxSubCommandText"/> bytes is a failure.
    /// </summary>
    /// <param name="text">Copied.</param>
    public void AppendText(ReadOnlySpan<byte> text)
    {
        if (text.Length > ReplyLimits.MaxSubCommandText)
        {
            AppendFailed();
        }
        else
        {
            Append(text.ToArray());
        }
    }

    public void Clear()
    {
        _results.Clear();
        Length = 0;
        HasFailed = false;
    }

    /// <summary>
    /// Appends the results to the text of the main command. The first one that does not fit becomes
    /// <c> &amp;&amp; -1</c> and ends the list; if not even that fits, the reply is overflowed.
    /// </summary>
    public void WriteTo(ref ReplyWriter reply)
    {
        int last = _results.FindLastIndex(result => !ReferenceEquals(result, Silent));
        for (int i = 0; i <= last; i++)
        {
            // Room for " && -1" is kept behind every result but the last, so that a later one can still be replaced.
            int length = Delimiter.Length + _results[i].Length + (i == last ? 0 : Delimiter.Length + Failed.Length);
            bool fits = length <= reply.Room;
            reply.WriteText(Delimiter);
            reply.WriteText(fits ? _results[i] : Failed);
            if (!fits)
            {
                return;
            }
        }
    }

    private static ReadOnlySpan<byte> Delimiter => " && "u8;

    private void Append(byte[] result)
    {
        if (HasFailed)
        {
            throw new InvalidOperationException("Nothing runs after a failed sub-command.");
        }

        _results.Add(result);
        Length += Delimiter.Length + result.Length;
    }
}
