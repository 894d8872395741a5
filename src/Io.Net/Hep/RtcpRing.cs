using RtpProxy.Relay.Forwarding;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Hep;

/// <summary>
/// Takes RTCP from a worker to one other thread: a ring with a place for each datagram, all made beforehand. What finds no place is
/// counted.
/// </summary>
/// <remarks>One thread writes, one reads; no locks, no allocation, and nobody is woken.</remarks>
internal sealed class RtcpRing : IRtcpWitness
{
    /// <summary>Datagrams that may wait; a power of two. With 5,000 calls that report every 5 s, those of a quarter of a second.</summary>
    public const int Capacity = 512;

    /// <summary>Longer ones, which do not get through usual networks in one piece, are counted as lost.</summary>
    public const int MaxLength = 1472;

    private readonly Place[] _places = new Place[Capacity];
    private readonly byte[] _bytes = new byte[Capacity * MaxLength];
    private long _written; // the writer's; the reader looks at it
    private long _read; // the reader's; the writer looks at it
    private long _lost;

    public long Lost => Interlocked.Read(ref _lost);

    public void OnRtcp(
        string callId, in Endpoint source, in Endpoint local, long wallMicroseconds, ReadOnlySpan<byte> datagram)
    {
        long at = _written;
        if (datagram.Length > MaxLength || at - Volatile.Read(ref _read) == Capacity)
        {
            Volatile.Write(ref _lost, _lost + 1);
            return;
        }

        int index = (int)(at & (Capacity - 1));
        _places[index] = new Place(new HepHeader(HepPayload.RtcpJson, source, local, wallMicroseconds, callId), datagram.Length);
        datagram.CopyTo(BytesOf(index));
        Volatile.Write(ref _written, at + 1);
    }

    /// <summary>The datagram that has waited longest; it stays until <see cref="Release"/>.</summary>
    public bool TryPeek(out HepHeader header, out ReadOnlySpan<byte> datagram)
    {
        long at = _read;
        if (Volatile.Read(ref _written) == at)
        {
            header = default;
            datagram = default;
            return false;
        }

        int index = (int)(at & (Capacity - 1));
        Place place = _places[index];
        header = place.Header;
        datagram = BytesOf(index)[..place.Length];
        return true;
    }

    /// <summary>Gives the place of the datagram that was looked at back.</summary>
    public void Release() => Volatile.Write(ref _read, _read + 1);

    private Span<byte> BytesOf(int index) => _bytes.AsSpan(index * MaxLength, MaxLength);

    private readonly record struct Place(HepHeader Header, int Length);
}
