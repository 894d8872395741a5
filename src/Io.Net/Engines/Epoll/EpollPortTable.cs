using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Engines.Epoll;

/// <summary>
/// The open sockets of one worker. A <see cref="PortId"/> is an index into this table; places of closed sockets are used
/// again first, so the table stays as small as the most sockets ever open at once.
/// </summary>
/// <param name="range">Shared by all workers.</param>
/// <param name="kept">What a keeper holds of it; null without one.</param>
/// <param name="descriptorCeiling">No socket takes a descriptor of this number or above (<see cref="DescriptorLimit.MediaCeiling"/>).</param>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
internal sealed class EpollPortTable(
    PortRange range,
    EpollSet epoll,
    ILocalAddressBook addresses,
    Random random,
    ILogger logger,
    long descriptorCeiling,
    KeptPorts? kept = null) : IPortTable, IDisposable
{
    // Nobody reads what arrives on sockets that only send copies: the kernel shall keep as little of it as it can.
    private const int SendOnlyReceiveBufferBytes = 1;

    private readonly Stack<int> _free = new();
    private PortSocket[] _sockets = new PortSocket[64];
    private int _placesUsed;
    private int _openCount;

    /// <summary>Sockets open now. May be read by other threads, as a hint.</summary>
    public int OpenCount => Volatile.Read(ref _openCount);

    /// <summary>The place of a port that was open once, and may be free by now.</summary>
    public ref readonly PortSocket this[int port] => ref _sockets[port];

    public PortOpening TryOpen(LocalAddress address, byte? tos, out PortPair pair)
    {
        ArgumentNullException.ThrowIfNull(address);
        return TryOpen(address.Address, tos, UdpSocket.ReceiveBufferBytes, isHeard: true, out pair);
    }

    public PortOpening TryOpenToward(in Endpoint target, out PortPair pair, out LocalAddress address)
    {
        if (addresses.FindRouteTo(target.ToIPAddress()) is not { } route)
        {
            pair = default;
            address = addresses.Default;
            return PortOpening.AddressUnusable;
        }

        address = route;
        return TryOpen(route.Address, tos: null, SendOnlyReceiveBufferBytes, isHeard: false, out pair);
    }

    /// <summary>Goes on with a pair that was open before this process. False when there is none, or it cannot be.</summary>
    /// <param name="isHeard">It is read from; else it only sends copies.</param>
    /// <remarks>Before the worker's thread begins.</remarks>
    public bool TryAdopt(in Endpoint host, ushort number, bool isHeard, out PortPair pair)
    {
        pair = default;
        IPAddress address = host.ToIPAddress();
        if (kept?.Take(address, number, isHeard) is not { } sockets)
        {
            return false;
        }

        if (range.TryClaim(address, number))
        {
            if (TryAdd(sockets, address, isHeard, out pair) == Errno.None)
            {
                return true;
            }

            range.Release(address, number);
        }

        sockets.Close();
        kept.OnClosed(address, number, isHeard);
        return false;
    }

    /// <summary>Tells the keeper what it had no room for.</summary>
    public void TellKeeper() => kept?.TellWaiting();

    public void Close(in PortPair pair)
    {
        PortSocket rtp = _sockets[pair.Rtp.Value];
        IPAddress address = rtp.LocalAddress ?? throw new InvalidOperationException($"port {pair.Number} is not open");
        Remove(pair.Rtcp);
        Remove(pair.Rtp);
        kept?.OnClosed(address, pair.Number, rtp.IsHeard);
        range.Release(address, pair.Number);
    }

    public bool TrySetTos(in PortPair pair, byte tos)
    {
        PortSocket rtp = _sockets[pair.Rtp.Value];
        PortSocket rtcp = _sockets[pair.Rtcp.Value];
        return !rtp.IsIPv6 && UdpSocket.TrySetTos(rtp.Handle!, tos) && UdpSocket.TrySetTos(rtcp.Handle!, tos);
    }

    public void WantDetails(in PortPair pair, bool wanted)
    {
        WantDetails(ref _sockets[pair.Rtp.Value], wanted);
        WantDetails(ref _sockets[pair.Rtcp.Value], wanted);
    }

    /// <summary>Closes all that is open; the worker's thread has ended.</summary>
    public void Dispose()
    {
        for (int place = 0; place < _placesUsed; place++)
        {
            _sockets[place].Handle?.Dispose();
            _sockets[place] = default;
        }
    }

    private static void WantDetails(ref PortSocket socket, bool wanted)
    {
        if (socket.WantsDetails != wanted)
        {
            UdpSocket.SetDetails(socket.Handle!, socket.IsIPv6, wanted);
            socket = socket with { WantsDetails = wanted };
        }
    }

    private PortOpening TryOpen(IPAddress address, byte? tos, int receiveBufferBytes, bool isHeard, out PortPair pair)
    {
        pair = default;
        PortSearch search = range.Search(address, random);
        Errno errno = SocketPair.TryOpen(ref search, address, tos, receiveBufferBytes, descriptorCeiling, out SocketPair sockets);
        if (errno != Errno.None)
        {
            search.GiveUp();
            return Explain(errno, address);
        }

        errno = TryAdd(sockets, address, isHeard, out pair);
        if (errno != Errno.None)
        {
            search.GiveUp();
            return Explain(errno, address);
        }

        if (isHeard)
        {
            UdpSocket.KeepErrors(sockets.Rtp, _sockets[pair.Rtp.Value].IsIPv6);
            UdpSocket.KeepErrors(sockets.Rtcp, _sockets[pair.Rtcp.Value].IsIPv6);
        }

        search.Keep();
        kept?.OnOpened(address, sockets, isHeard);
        return PortOpening.Opened;
    }

    /// <summary>Gives two open sockets their places; when they cannot be watched they are closed.</summary>
    private Errno TryAdd(in SocketPair sockets, IPAddress address, bool isHeard, out PortPair pair)
    {
        PortId rtp = Add(sockets.Rtp, address, isHeard);
        PortId rtcp = Add(sockets.Rtcp, address, isHeard);
        if (isHeard && !TryHear(rtp, rtcp, out Errno errno))
        {
            Remove(rtp);
            Remove(rtcp);
            pair = default;
            return errno;
        }

        pair = new PortPair(rtp, rtcp, (ushort)sockets.RtpPort);
        return Errno.None;
    }

    private bool TryHear(PortId rtp, PortId rtcp, out Errno errno)
    {
        errno = epoll.Add(_sockets[rtp.Value].Descriptor, rtp.Value);
        if (errno == Errno.None)
        {
            errno = epoll.Add(_sockets[rtcp.Value].Descriptor, rtcp.Value);
        }

        return errno == Errno.None;
    }

    private PortId Add(FdHandle handle, IPAddress address, bool isHeard)
    {
        if (!_free.TryPop(out int place))
        {
            place = _placesUsed++;
            if (place == _sockets.Length)
            {
                Array.Resize(ref _sockets, place * 2);
            }
        }

        _sockets[place] = new PortSocket(handle, address, isHeard, WantsDetails: false);
        Volatile.Write(ref _openCount, _openCount + 1);
        return new PortId(place);
    }

    private void Remove(PortId port)
    {
        if (kept is not null && _sockets[port.Value] is { IsHeard: true } heard)
        {
            epoll.Remove(heard.Descriptor); // it is still open in the keeper's hands, and would not leave by itself
        }

        _sockets[port.Value].Handle?.Dispose();
        _sockets[port.Value] = default;
        _free.Push(port.Value);
        Volatile.Write(ref _openCount, _openCount - 1);
    }

    private PortOpening Explain(Errno errno, IPAddress address)
    {
        switch (errno)
        {
            case Errno.EADDRINUSE or Errno.EACCES:
                return PortOpening.RangeExhausted;

            // ENOSPC is epoll's word for its own limit (max_user_watches).
            case Errno.EMFILE or Errno.ENFILE or Errno.ENOSPC:
                Log.DescriptorsExhausted(logger, LibC.Describe(errno), OpenCount);
                return PortOpening.DescriptorsExhausted;

            default:
                Log.AddressUnusable(logger, address, LibC.Describe(errno));
                return PortOpening.AddressUnusable;
        }
    }
}
