namespace RtpProxy.Rtp.Rtcp;

/// <summary>
/// Walks the packets of a compound RTCP datagram (RFC 3550 section 6.1) in order, and stops at the first that is broken:
/// what came before it has been delivered, and <see cref="Error"/> tells the fault.
/// </summary>
/// <remarks>
/// Every step consumes at least four bytes, so a hostile datagram ends the walk after a quarter of its length. Usable in
/// <c>foreach</c>, or by hand when the error is wanted.
/// </remarks>
public ref struct RtcpCompound
{
    private readonly int _totalLength;
    private ReadOnlySpan<byte> _rest;
    private RtcpHeader _current;

    /// <param name="datagram">One UDP payload; the packets refer to it.</param>
    public RtcpCompound(ReadOnlySpan<byte> datagram)
    {
        _totalLength = datagram.Length;
        _rest = datagram;
    }

    /// <summary>The packet reached by the last successful <see cref="MoveNext"/>.</summary>
    public readonly RtcpHeader Current => _current;

    /// <summary>What ended the walk; <see cref="RtcpParseError.None"/> when the datagram was used up exactly.</summary>
    public RtcpParseError Error { get; private set; }

    /// <summary>Offset in bytes of what has not been walked yet: of the fault when there is one.</summary>
    public readonly int Offset => _totalLength - _rest.Length;

    public readonly RtcpCompound GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        Error = RtcpHeader.TryParse(_rest, out RtcpHeader header);
        if (Error != RtcpParseError.None)
        {
            return false;
        }

        _current = header;
        _rest = _rest[header.Length..];
        return true;
    }
}
