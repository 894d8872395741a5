namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// One stream of commands, a line each, answered in order (control protocol, section 1.5). The next command is looked
/// at when the reply to the last one has been taken, so a client that does not read delays only itself.
/// </summary>
internal sealed class LineSession(
    Stream input,
    Stream output,
    ICommandStream commands,
    int maxCommandLength,
    TimeSpan replyPatience,
    ControlSlot? slot = null)
{
    /// <summary>How long a connection may leave a reply untaken before it is closed.</summary>
    public static readonly TimeSpan ConnectionReplyPatience = TimeSpan.FromSeconds(30);

    /// <summary>Ends at the end of input, when a line is too long, when the protocol ends it, or when the place went to another connection.</summary>
    /// <exception cref="IOException">The stream broke.</exception>
    /// <exception cref="OperationCanceledException">Stopped, or the client did not take a reply in time.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var lines = new LineBuffer(maxCommandLength);
        while (true)
        {
            if (lines.IsOverfull)
            {
                // A full buffer without LF is borne as long as nothing follows.
                await ReadAsync(new byte[1], stop).ConfigureAwait(false);
                return;
            }

            int count = await ReadAsync(lines.GetFreeSpace(), stop).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            lines.Advance(count);
            while (lines.TryTakeLine(out ReadOnlyMemory<byte> line))
            {
                if (slot?.TryBegin() == false)
                {
                    return;
                }

                var target = new AwaitedReply();
                bool mayGoOn = commands.OnCommand(line.Span, target);
                ReadOnlyMemory<byte> reply = await target.Task.ConfigureAwait(false);
                slot?.End();
                await WriteAsync(reply, stop).ConfigureAwait(false);
                if (!mayGoOn)
                {
                    return;
                }
            }
        }
    }

    // Standard input and output cannot be cancelled, only left alone: hence the wait beside the call.
    private Task<int> ReadAsync(Memory<byte> buffer, CancellationToken stop) =>
        input.ReadAsync(buffer, stop).AsTask().WaitAsync(stop);

    private async Task WriteAsync(ReadOnlyMemory<byte> reply, CancellationToken stop)
    {
        using var patience = new ReplyPatience(replyPatience, stop);
        await output.WriteAsync(reply, patience.Token).AsTask().WaitAsync(patience.Token).ConfigureAwait(false);
        await output.FlushAsync(patience.Token).ConfigureAwait(false);
    }
}
