using RtpProxy.Io.Addresses;

namespace RtpProxy.Io.ControlEndpoints;

/// <summary>
/// The 100 places of the command processor (control protocol, section 1.4): one internal, one for every datagram or
/// stdio socket, the rest for accepted connections.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ControlSlots
{
    private const int Total = 100;
    private const int Internal = 1;

    private int _free;

    public ControlSlots(IEnumerable<ControlSocketAddress> sockets)
    {
        _free = Total - Internal - sockets.Count(socket => socket.IsDatagram || socket.IsStdio);
    }

    public bool TryTake()
    {
        if (Interlocked.Decrement(ref _free) >= 0)
        {
            return true;
        }

        Interlocked.Increment(ref _free);
        return false;
    }

    public void Release() => Interlocked.Increment(ref _free);
}
