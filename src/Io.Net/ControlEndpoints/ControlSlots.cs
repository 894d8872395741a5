using RtpProxy.Io.Net.Addresses;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// The 100 places of the command processor (control protocol, section 1.4): one internal, one for every datagram or
/// stdio socket, the rest for accepted connections. When all are taken the connection that has been idle longest gives way
/// to a new one, those first on which no command ever came.
/// </summary>
/// <remarks>Owned by the control loop.</remarks>
internal sealed class ControlSlots
{
    private const int Total = 100;
    private const int Internal = 1;

    // Who has only just connected is about to send its command.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly HashSet<ControlSlot> _taken = [];
    private readonly int _places;

    public ControlSlots(IEnumerable<ControlSocketAddress> sockets)
    {
        _places = Total - Internal - sockets.Count(socket => socket.IsDatagram || socket.IsStdio);
    }

    /// <summary>A place for a new connection; null if there is none now.</summary>
    /// <param name="close">Closes the connection when it has to give way.</param>
    public ControlSlot? TryTake(Action close)
    {
        ControlSlot? displaced = null;
        if (_taken.Count >= _places)
        {
            displaced = LongestIdle();
            if (displaced is null)
            {
                return null;
            }

            _taken.Remove(displaced);
        }

        var slot = new ControlSlot(this, close);
        _taken.Add(slot);
        displaced?.Close();
        return slot;
    }

    internal void Release(ControlSlot slot) => _taken.Remove(slot);

    // Whoever is to go has to be idle for the grace: until then the new one waits, rather than that a better one goes.
    private ControlSlot? LongestIdle()
    {
        ControlSlot? longest = null;
        foreach (ControlSlot slot in _taken)
        {
            if (!slot.IsBusy
                && (longest is null
                    || (slot.HasServed, slot.IdleSince).CompareTo((longest.HasServed, longest.IdleSince)) < 0))
            {
                longest = slot;
            }
        }

        return longest?.IdleSince <= Environment.TickCount64 - (long)Grace.TotalMilliseconds ? longest : null;
    }
}
