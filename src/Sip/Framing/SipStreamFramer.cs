using System.Globalization;
using System.Text;

namespace RtpProxy.Sip.Framing;

/// <summary>
/// Cuts a byte stream into messages by Content-Length (RFC 3261 section 18.3). One framer serves one connection; it
/// holds at most one message of the largest allowed size, whatever the peer sends.
/// </summary>
/// <remarks>
/// Bytes go in by <see cref="Append"/>, frames come out by <see cref="TryRead"/> until it says
/// <see cref="SipFrame.Incomplete"/>. Not thread-safe. Once broken, a framer stays broken.
/// </remarks>
public sealed class SipStreamFramer
{
    private const int InitialCapacity = 4096;
    private readonly int _maxMessageLength;
    private byte[] _buffer = new byte[InitialCapacity];
    private int _start;
    private int _end;
    private int _searched;
    private int? _messageLength;
    private ParseError? _fault;

    /// <param name="maxMessageLength">Largest message in bytes, start line to end of body.</param>
    public SipStreamFramer(int maxMessageLength = 65_535)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessageLength, 64);
        _maxMessageLength = maxMessageLength;
    }

    /// <summary>
    /// Why the stream is broken; the offset counts from the start of the message that could not be cut.
    /// </summary>
    public ParseError? Fault => _fault;

    /// <summary>How many bytes are held back, waiting for the rest of their message.</summary>
    public int Buffered => _end - _start;

    /// <summary>
    /// Takes what was received; copied. Read all frames before appending more, so that the buffer stays small.
    /// </summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_fault is not null)
        {
            return;
        }

        if (_buffer.Length - _end < bytes.Length)
        {
            MakeRoom(bytes.Length);
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Takes the next frame out of what has been received so far.</summary>
    /// <param name="message">
    /// The bytes of a message, owned by the caller. The first time that the stream is <see cref="SipFrame.Broken"/>, the
    /// head of the message that could not be cut, if it came whole: it tells whom to answer. Empty for other frames.
    /// </param>
    public SipFrame TryRead(out byte[] message)
    {
        message = [];
        if (_fault is not null)
        {
            return SipFrame.Broken;
        }

        if (SkipLineEnds())
        {
            return SipFrame.KeepAlive;
        }

        ReadOnlySpan<byte> pending = _buffer.AsSpan(_start, _end - _start);
        if (_messageLength is null && !TryMeasure(pending, out message))
        {
            return _fault is null ? SipFrame.Incomplete : SipFrame.Broken;
        }

        int length = _messageLength!.Value;
        if (pending.Length < length)
        {
            return SipFrame.Incomplete;
        }

        message = pending[..length].ToArray();
        Consume(length);
        return SipFrame.Message;
    }

    // Done once for each message, so that a body that comes byte by byte does not have its head read again and again.
    private bool TryMeasure(ReadOnlySpan<byte> pending, out byte[] brokenHead)
    {
        brokenHead = [];
        int headLength = FindEndOfHead(pending);
        if (headLength < 0)
        {
            return pending.Length > _maxMessageLength
                && Break(_maxMessageLength, "an empty line within the largest message length");
        }

        ReadOnlySpan<byte> head = pending[..headLength];
        if (!TryReadBodyLength(head, out int bodyLength, out ParseError error))
        {
            brokenHead = head.ToArray();
            return Break(error.Offset, error.Expected);
        }

        if (bodyLength > _maxMessageLength - headLength)
        {
            brokenHead = head.ToArray();
            return Break(headLength, "a body within the largest message length");
        }

        _messageLength = headLength + bodyLength;
        return true;
    }

    // True when a double CR LF was skipped. A single one before a message is simply ignored (RFC 3261 section 7.5).
    private bool SkipLineEnds()
    {
        ReadOnlySpan<byte> pending = _buffer.AsSpan(_start, _end - _start);
        if (pending.StartsWith("\r\n\r\n"u8))
        {
            Consume(4);
            return true;
        }

        // A lone CR LF may be the first half of a keep-alive: it is left until something follows.
        if (pending.Length > 0 && pending[0] is (byte)'\r' or (byte)'\n' && !"\r\n\r\n"u8.StartsWith(pending))
        {
            int text = pending.IndexOfAnyExcept((byte)'\r', (byte)'\n');
            Consume(text < 0 ? pending.Length : text);
        }

        return false;
    }

    private int FindEndOfHead(ReadOnlySpan<byte> pending)
    {
        // Look again at the last three bytes: the empty line may have been cut in two.
        int from = Math.Max(0, _searched - 3);
        int lineFeed;
        while ((lineFeed = pending[from..].IndexOf((byte)'\n')) >= 0)
        {
            int next = from + lineFeed + 1;
            ReadOnlySpan<byte> rest = pending[next..];
            if (rest.StartsWith("\n"u8) || rest.StartsWith("\r\n"u8))
            {
                return next + (rest[0] == '\n' ? 1 : 2);
            }

            from = next;
        }

        _searched = pending.Length;
        return -1;
    }

    private static bool TryReadBodyLength(ReadOnlySpan<byte> head, out int length, out ParseError error)
    {
        length = 0;
        string text = Encoding.Latin1.GetString(head);
        int headersStart = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        if (!HeaderParser.TryParse(text, headersStart, text.Length, out var headers, out _, out error))
        {
            return false;
        }

        SipHeader? found = null;
        foreach (SipHeader header in headers)
        {
            if (header.Kind != HeaderKind.ContentLength)
            {
                continue;
            }

            if (found is not null)
            {
                error = new ParseError(header.Line.Start, "Content-Length only once");
                return false;
            }

            found = header;
        }

        if (found is not { } contentLength)
        {
            error = new ParseError(head.Length, "a Content-Length, which a stream needs");
            return false;
        }

        if (!int.TryParse(contentLength.Value.In(text), NumberStyles.None, CultureInfo.InvariantCulture, out length))
        {
            error = new ParseError(contentLength.Value.Start, "a number of bytes");
            return false;
        }

        return true;
    }

    private bool Break(int offset, string expected)
    {
        _fault = new ParseError(offset, expected);
        _buffer = [];
        _start = _end = 0;
        return false;
    }

    private void Consume(int count)
    {
        _start += count;
        _searched = 0;
        _messageLength = null;
        if (_start == _end)
        {
            _start = _end = 0;
        }
    }

    private void MakeRoom(int count)
    {
        int used = _end - _start;
        byte[] target = _buffer.Length - used >= count ? _buffer : new byte[Math.Max(_buffer.Length * 2, used + count)];
        _buffer.AsSpan(_start, used).CopyTo(target);
        _buffer = target;
        _start = 0;
        _end = used;
    }
}
