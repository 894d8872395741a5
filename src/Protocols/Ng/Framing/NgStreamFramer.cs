namespace RtpProxy.Protocols.Ng.Framing;

/// <summary>
/// Cuts a byte stream into messages (ng protocol, 1.5): nothing separates them, a dictionary ends where it is closed. One
/// framer serves one connection; it holds at most one message of the largest allowed size and what came with its end.
/// </summary>
/// <remarks>
/// Bytes go in by <see cref="Append"/>, messages come out by <see cref="TryRead"/> until it says
/// <see cref="NgFrame.Incomplete"/>. Each byte is looked at once, however it comes in pieces. Not thread-safe. Once broken, a
/// framer stays broken.
/// </remarks>
public sealed class NgStreamFramer
{
    private const int InitialCapacity = 4096;
    private byte[] _buffer = new byte[InitialCapacity];
    private int _start;
    private int _end;
    private DictionaryEnd _search;
    private bool _isBroken;

    /// <summary>How many bytes are held back, waiting for the rest of their message.</summary>
    public int Buffered => _end - _start;

    /// <summary>Takes what was received; copied. Read all messages before appending more.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_isBroken)
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

    /// <summary>Takes the next message out of what has been received so far.</summary>
    /// <param name="message">
    /// A message without the line ends in front of it; valid until the next <see cref="Append"/>. Where its dictionary cannot
    /// be read on, all that is there: it is answered with an error, and then the stream is broken. Something behind the cookie
    /// that is no dictionary is never answered; it breaks the stream when it is longer than a message may be.
    /// </param>
    public NgFrame TryRead(out ReadOnlySpan<byte> message)
    {
        message = [];
        if (_isBroken)
        {
            return NgFrame.Broken;
        }

        SkipLineEnds();
        ReadOnlySpan<byte> pending = _buffer.AsSpan(_start, _end - _start);
        int length = _search.Find(pending, out bool isMalformed);
        if (isMalformed)
        {
            message = pending;
            _isBroken = true;
            return NgFrame.Message;
        }

        if (length < 0 ? pending.Length > NgLimits.MaxStreamMessage : length > NgLimits.MaxStreamMessage)
        {
            _isBroken = true;
            return NgFrame.Broken;
        }

        if (length < 0)
        {
            return NgFrame.Incomplete;
        }

        message = pending[..length];
        _search = default;
        _start += length;
        return NgFrame.Message;
    }

    private void SkipLineEnds()
    {
        while (!_search.HasBegun && _start < _end && _buffer[_start] is (byte)'\r' or (byte)'\n')
        {
            _start++;
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
