namespace RtpProxy.Control.Replies;

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
    }
}
