using System.Runtime.InteropServices;

namespace RtpProxy.Media.Recording;

/// <summary>
/// Reads a recording or a capture (ad-hoc, pcap, pcapng) from front to back in bounded memory. No content makes it throw: a
/// broken file gives the packets before the fault, and then the fault.
/// </summary>
/// <remarks>
/// Not thread-safe. The stream is the caller's, only read forwards, and must stay open; its own exceptions
/// (<see cref="IOException"/>) pass through.
/// </remarks>
public sealed class RecordingReader
{
    private readonly ForwardBuffer _buffer;
    private readonly IRecordWalker _walker;

    /// <param name="stream">Positioned at the start of the file.</param>
    public RecordingReader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _buffer = new ForwardBuffer(stream);
        ReadOnlySpan<byte> signature = _buffer.Peek(sizeof(uint));
        uint magic = signature.Length == sizeof(uint) ? MemoryMarshal.Read<uint>(signature) : 0;
        (Format, _walker) = Recognise(magic);
        if (signature.IsEmpty)
        {
            Fault = new RecordingFault(RecordingError.Empty, 0, 0);
        }
    }

    /// <summary>By the first four bytes: a kind of capture if they are its magic number, else ad-hoc.</summary>
    public RecordingFormat Format { get; }

    /// <summary>What is wrong with the file; null as long as nothing is known to be.</summary>
    public RecordingFault? Fault { get; private set; }

    /// <summary>Bytes of the file that have been used up, for showing progress.</summary>
    public long Position => _buffer.Offset;

    /// <summary>
    /// Delivers the next packet, or false at the end of the file and at a <see cref="Fault"/>; then it stays false.
    /// </summary>
    public bool TryRead(out RecordedPacket packet)
    {
        if (Fault is not null)
        {
            packet = default;
            return false;
        }

        bool delivered = _walker.TryRead(out packet, out RecordingFault? fault);
        Fault = fault;
        return delivered;
    }

    private (RecordingFormat Format, IRecordWalker Walker) Recognise(uint signature) =>
        PcapWalker.For(_buffer, signature) is { } pcap ? (RecordingFormat.Pcap, pcap)
        : signature == PcapNgFormat.SectionHeaderBlock ? (RecordingFormat.PcapNg, new PcapNgWalker(_buffer))
        : (RecordingFormat.AdHoc, new AdHocWalker(_buffer));
}
