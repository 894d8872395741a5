using System.Net.Sockets;

namespace RtpProxy.TestKit.Daemon;

/// <summary>One connection, a command per line.</summary>
internal sealed class LineControlClient(Stream input, Stream output, Socket? socket) : ControlClient
{
    private readonly byte[] _buffer = new byte[16_384];
    private int _length;

    public override async ValueTask DisposeAsync()
    {
        // The streams of standard input and output belong to the daemon's process and stay open with it.
        if (socket is not null)
        {
            await input.DisposeAsync();
            socket.Dispose();
        }
    }

    protected override async Task<byte[]> ExchangeAsync(
        ReadOnlyMemory<byte> command, int lineCount, CancellationToken cancellationToken)
    {
        byte[] request = [.. command.Span, (byte)'\n'];
        await output.WriteAsync(request, cancellationToken);
        await output.FlushAsync(cancellationToken);
        while (true)
        {
            if (FindEnd(lineCount) is { } end)
            {
                byte[] reply = _buffer[..end];
                _buffer.AsSpan(end, _length - end).CopyTo(_buffer);
                _length -= end;
                return reply;
            }

            int count = await input.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
            if (count == 0)
            {
                throw new EndOfStreamException("the daemon closed the connection instead of a reply");
            }

            _length += count;
        }
    }

    private int? FindEnd(int lineCount)
    {
        int end = 0;
        for (int line = 0; line < lineCount; line++)
        {
            int at = _buffer.AsSpan(end, _length - end).IndexOf((byte)'\n');
            if (at < 0)
            {
                return null;
            }

            end += at + 1;
        }

        return end;
    }
}
