namespace RtpProxy.Io.Files;

/// <summary>Whole records on their way to the disk. Belongs to the recording until handed over, then to the writer.</summary>
internal sealed class RecordingBuffer(int capacity)
{
    /// <summary>As the original buffers (media rules, section 7.4); larger records get a buffer of their own.</summary>
    public const int UsualBytes = 4096;

    private readonly byte[] _bytes = new byte[capacity];
    private int _length;

    public bool IsUsual => _bytes.Length == UsualBytes;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public bool Fits(int length) => _length + length <= _bytes.Length;

    public Span<byte> Reserve(int length)
    {
        Span<byte> record = _bytes.AsSpan(_length, length);
        _length += length;
        return record;
    }

    public void Clear() => _length = 0;
}
