namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// Collects the bytes of a stream and cuts them into lines at every LF (control protocol, section 1.5). A line that does
/// not fit makes it <see cref="IsOverfull"/>.
/// </summary>
/// <remarks>Owned by one connection.</remarks>
/// <param name="maxLineLength">Bytes of the longest line, without its LF.</param>
internal sealed class LineBuffer(int maxLineLength)
{
    private readonly byte[] _bytes = new byte[maxLineLength + 1];
    private int _start;
    private int _searched;
    private int _end;

    /// <summary>Nothing has come that was not taken.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>Full, and no complete line in it: nothing can be received any more.</summary>
    public bool IsOverfull => _start == 0 && _end == _bytes.Length && _searched == _bytes.Length;

    /// <summary>Where the next bytes are to be read into; moves what is unfinished to the front.</summary>
    public Memory<byte> GetFreeSpace()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _searched -= _start;
            _start = 0;
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So many bytes were read into the free space.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>The next complete line, without its LF; valid until <see cref="GetFreeSpace"/> is called.</summary>
    public bool TryTakeLine(out ReadOnlyMemory<byte> line)
    {
        int newline = _bytes.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (newline < 0)
        {
            _searched = _end;
            line = default;
            return false;
        }

        int lineEnd = _searched + newline;
        line = _bytes.AsMemory(_start, lineEnd - _start);
        _start = _searched = lineEnd + 1;
        return true;
    }

    /// <summary>All that has come, at most a line's length of it; false if nothing has. Valid as a line is.</summary>
    public bool TryTakeAll(out ReadOnlyMemory<byte> bytes)
    {
        bytes = _bytes.AsMemory(_start, Math.Min(_end - _start, maxLineLength));
        _start = _searched = _end;
        return !bytes.IsEmpty;
    }
}
