using System.Buffers;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary>Where a reply ends on a stream: after one line, except that <c>I</c> answers five, and six with <c>l</c>.</summary>
/// <remarks>Control protocol, sections 1.5 and 3.14. An error is always one line.</remarks>
internal readonly record struct ReplyFraming(int Lines)
{
    private const int SummaryLines = 5;

    public static ReplyFraming For(ReadOnlySpan<byte> command)
    {
        command = command.TrimStart(" \t\r\n"u8);
        if (command.IsEmpty || (command[0] | 0x20) != 'i')
        {
            return new ReplyFraming(1);
        }

        int end = command.IndexOfAny(" \t\r\n"u8);
        ReadOnlySpan<byte> word = end < 0 ? command : command[..end];
        return new ReplyFraming(word[1..].IndexOfAny((byte)'l', (byte)'L') < 0 ? SummaryLines : SummaryLines + 1);
    }

    /// <summary>Length of the first reply in what has been received, line ends included; -1 while it is incomplete.</summary>
    public long Measure(in ReadOnlySequence<byte> received)
    {
        var reader = new SequenceReader<byte>(received);
        int lines = reader.TryPeek(out byte first) && (first | 0x20) == 'e' ? 1 : Lines;
        for (; lines > 0; lines--)
        {
            if (!reader.TryAdvanceTo((byte)'\n'))
            {
                return -1;
            }
        }

        return reader.Consumed;
    }
}
