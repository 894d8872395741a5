using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// One stream of commands, a line each, answered in order (control protocol, section 1.5). The next command is looked
/// at when the reply to the last one has been taken, so a client that does not read delays only itself.
/// </summary>
internal sealed class LineSession(
    Stream input,
    Stream output,
    ICommandProcessor processor,
    CommandOrigin origin,
    TimeSpan replyPatience,
    ControlSlot? slot = null)
{
    /// <summary>How long a connection may leave a reply untaken before it is closed.</summary>
    public static readonly TimeSpan ConnectionReplyPatience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The first line that is not empty must be a command, else the session ends after its error reply, whatever follows.
    /// For sockets that a program meant for something else can reach: a web page's <c>POST</c> has whole lines of its choice.
    /// </summary>
    public bool BeginsWithCommand { get; init; }

    /// <summary>Ends at the end of input, when a line is too long, when the first one is no command, or when the place went to another connection.</summary>
    /// <exception cref="IOException">The stream broke.</exception>
    /// <exception cref="OperationCanceledException">Stopped, or the client did not take a reply in time.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var lines = new LineBuffer();
        bool isKnown = !BeginsWithCommand;
        while (true)
        {
            if (lines.IsOverfull)
            {
                // 8,192 bytes without LF are borne as long as nothing follows.
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

                CommandForm form = isKnown ? CommandForm.Command : CommandForms.Of(line.Span);
                isKnown = form == CommandForm.Command;
                ReadOnlyMemory<byte> command = form == CommandForm.OtherProtocol ? default : line; // "D /a HTTP/1.1"
                ReadOnlyMemory<byte> reply =
                    await processor.ExecuteAsync(command.Span, default, origin).ConfigureAwait(false);
                slot?.End();
                await WriteAsync(reply, stop).ConfigureAwait(false);
                if (form is CommandForm.NoCommand or CommandForm.OtherProtocol)
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
