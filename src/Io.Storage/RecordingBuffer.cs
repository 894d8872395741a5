namespace RtpProxy.Io.Storage;

/// <summary>Whole records on their way to the disk. Belongs to the recording until handed over, then to the writer.</summary>
internal sealed class RecordingBuffer(int capacity)
{
    /// <summary>As the original buffers (media rules, section 7.4); larger records get a buffer of their own.</summary>
    public const int UsualBytes = 4096;

    private readonly byte[] _bytes = new byte[capacity];
    private int[] _recordEnds = new int[32]; // grows to what a buffer of short records needs
    private int _records;
    private int _length;

    /// <summary>Records in it.</summary>
    public int Count => _records;

    public bool IsUsual => _bytes.Length == UsualBytes;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public bool Fits(int length) => _length + length <= _bytes.Length;

    public Span<byte> Reserve(int length)
    {
        Span<byte> record = _bytes.AsSpan(_length, length);
        _length += length;
        if (_records == _recordEnds.Length)
        {
            Array.Resize(ref _recordEnds, _records * 2);
        }

        _recordEnds[_records++] = _length;
        return record;
    }

    /// <summary>How many whole records lie within the first <paramref name="length"/> bytes.</summary>
    /// <param name="bytes">Their length.</param>
    public int WholeRecords(int length, out int bytes)
    {
        int count = _records;
        while (count > 0 && _recordEnds[count - 1] > length)
        {
            count--;
        }

        bytes = count == 0 ? 0 : _recordEnds[count - 1];
        return count;
    }

    public void Clear() => _length = _records = 0;
}
