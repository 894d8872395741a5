namespace RtpProxy.Media.Recording;

/// <summary>Reads a stream from front to back and shows the next bytes without copying them out.</summary>
/// <remarks>Its memory grows to twice the largest <see cref="Peek"/>, which the callers bound.</remarks>
internal sealed class ForwardBuffer(Stream stream)
{
    private const int InitialSize = 65_536;

    private byte[] _bytes = new byte[InitialSize];
    private int _start;
    private int _end;

    /// <summary>Offset in the stream of the first byte that <see cref="Peek"/> shows.</summary>
    public long Offset { get; private set; }

    /// <summary>The next <paramref name="length"/> bytes; fewer only when the stream ends before.</summary>
    public ReadOnlySpan<byte> Peek(int length)
    {
        if (_end - _start < length)
        {
            Fill(length);
        }

        return _bytes.AsSpan(_start, Math.Min(length, _end - _start));
    }

    /// <summary>Goes past <paramref name="length"/> bytes that have been shown.</summary>
    public void Skip(int length)
    {
        _start += length;
        Offset += length;
    }

    /// <summary>Goes past bytes that have not been shown; false when the stream ends before.</summary>
    public bool TryDiscard(long length)
    {
        while (length > 0)
        {
            int shown = Peek((int)Math.Min(length, InitialSize)).Length;
            if (shown == 0)
            {
                return false;
            }

            int step = (int)Math.Min(shown, length);
            Skip(step);
            length -= step;
        }

        return true;
    }

    private void Fill(int length)
    {
        Span<byte> left = _bytes.AsSpan(_start, _end - _start);
        if (length > _bytes.Length)
        {
            byte[] larger = new byte[length * 2];
            left.CopyTo(larger);
            _bytes = larger;
        }
        else
        {
            left.CopyTo(_bytes);
        }

        _end = left.Length;
        _start = 0;
        while (_end < length)
        {
            int read = stream.Read(_bytes, _end, _bytes.Length - _end);
            if (read == 0)
            {
                return;
            }

            _end += read;
        }
    }
}
