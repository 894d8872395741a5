using RtpProxy.Relay.Recording;

namespace RtpProxy.TestKit.Virtual;

/// <summary>One recording in memory; its disk can be made to fail.</summary>
public sealed class VirtualRecording : IRecordingFile
{
    private byte[] _bytes = new byte[1 << 16];

    public VirtualRecording(string name, ReadOnlySpan<byte> header)
    {
        Name = name;
        header.CopyTo(_bytes);
        Length = header.Length;
    }

    public string Name { get; }

    public string Destination => $"/recordings/{Name}";

    public long WholeBytes => Length;

    public int Length { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>From now on every record is lost.</summary>
    public bool IsFull { get; set; }

    /// <summary>From now on records are taken and forgotten, so that the file does not grow.</summary>
    public bool IsBottomless { get; set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public bool TryReserve(int length, out Span<byte> record)
    {
        IsClosed.ShouldBeFalse("a closed recording is written to");
        record = default;
        if (IsFull)
        {
            return false;
        }

        if (IsBottomless)
        {
            record = _bytes.AsSpan(0, length);
            return true;
        }

        if (Length + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        record = _bytes.AsSpan(Length, length);
        Length += length;
        return true;
    }

    public void Close()
    {
        IsClosed.ShouldBeFalse("a recording is closed twice");
        IsClosed = true;
    }
}
