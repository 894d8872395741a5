using RtpProxy.Io.Posix;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net;

/// <summary>What this kernel and this process can do; asked once at start and carried as a value.</summary>
public sealed record EngineCapabilities
{
    /// <summary>IPv6 sockets can be opened and the loopback address ::1 can be bound.</summary>
    public bool HasIPv6 { get; init; }

    /// <summary>How many files the process may have open.</summary>
    public DescriptorLimit Descriptors { get; init; }

    public static EngineCapabilities Probe() => new()
    {
        HasIPv6 = ProbeIPv6(),
        Descriptors = DescriptorLimit.Read(),
    };

    private static unsafe bool ProbeIPv6()
    {
        using FdHandle socket = LibC.socket(LibC.AF_INET6, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        if (socket.IsInvalid)
        {
            return false;
        }

        SockAddr loopback = SockAddr.From(Rtp.Endpoint.From(System.Net.IPAddress.IPv6Loopback, 0), out uint length);
        return LibC.bind(socket.Number, &loopback, length) == 0;
    }
}
