using RtpProxy.Relay;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Virtual;

/// <summary>Gives datagrams to a worker as an engine does: in a buffer with room, which the next one overwrites.</summary>
public static class RoomyDatagrams
{
    [ThreadStatic]
    private static byte[]? _buffer;

    public static void OnDatagram<TSink>(
        this RelayWorker worker, PortId port, in Endpoint source, ReadOnlySpan<byte> bytes, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct =>
        worker.OnDatagram(port, source, WithRoom(bytes), arrival, ref sink);

    public static void OnForked<TSink>(this RelayWorker worker, in ForkedPacket packet, ReadOnlySpan<byte> bytes, ref TSink sink)
        where TSink : IPacketSink, allows ref struct =>
        worker.OnForked(packet, WithRoom(bytes), ref sink);

    /// <summary>A buffer that holds one datagram, and the room around it.</summary>
    public static byte[] BufferOf(ReadOnlySpan<byte> bytes)
    {
        byte[] buffer = new byte[Datagram.BufferLength(bytes.Length)];
        bytes.CopyTo(buffer.AsSpan(Datagram.RoomBefore));
        return buffer;
    }

    private static Datagram WithRoom(ReadOnlySpan<byte> bytes)
    {
        _buffer ??= new byte[Datagram.BufferLength(ushort.MaxValue)];
        bytes.CopyTo(_buffer.AsSpan(Datagram.RoomBefore));
        return new Datagram(_buffer.AsSpan(0, Datagram.BufferLength(bytes.Length)), bytes.Length);
    }
}
