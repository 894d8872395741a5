using RtpProxy.Io.Posix.Queues;
using RtpProxy.Relay;
using RtpProxy.Relay.Forwarding;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>
/// A copy of a datagram on its way to the worker that owns the session it is forked into. Used again and again: it
/// belongs to the sending worker until posted, then to the receiving one, which gives it back with <see cref="Recycle"/>.
/// </summary>
internal sealed class ForkedDatagram(BoundedQueue<ForkedDatagram> pool) : Letter
{
    // Almost all media fits; the few larger datagrams make their copy grow for good.
    private const int UsualBytes = 1600;

    private byte[] _buffer = new byte[Relay.Datagram.BufferLength(UsualBytes)];
    private int _length;

    public ForkedPacket Packet { get; private set; }

    public Datagram Datagram => new(_buffer, _length);

    public void Fill(in ForkedPacket packet, ReadOnlySpan<byte> datagram)
    {
        int needed = Relay.Datagram.BufferLength(datagram.Length);
        if (needed > _buffer.Length)
        {
            _buffer = new byte[needed];
        }

        datagram.CopyTo(_buffer.AsSpan(Relay.Datagram.RoomBefore));
        _length = datagram.Length;
        Packet = packet;
    }

    public void Recycle() => pool.TryEnqueue(this);

    public override void Abandon() => Recycle();
}
