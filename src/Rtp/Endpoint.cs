using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Rtp;

/// <summary>
/// A transport address (RFC 3550 section 3): the IPv4 or IPv6 address and UDP port of one end of a stream.
/// A plain value of 24 bytes: comparing, copying and storing it allocates nothing.
/// </summary>
/// <remarks>
/// An IPv4 address is held as its mapped form, so that host comparison is one rule for both families; the family
/// itself is kept apart, because a socket of one family cannot send to the other. <c>default</c> is "no address".
/// </remarks>
public readonly partial record struct Endpoint
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    private readonly ulong _high;
    private readonly ulong _low;
    private readonly uint _scope;
    private readonly ushort _port;
    private readonly Family _family;

    private enum Family : byte
    {
        None,
        IPv4,
        IPv6,
    }

    private Endpoint(ulong high, ulong low, uint scope, ushort port, Family family)
    {
        _high = high;
        _low = low;
        _scope = scope;
        _port = port;
        _family = family;
    }

    /// <summary>Port in host byte order, 0 to 65,535.</summary>
    public ushort Port => _port;

    /// <summary>False for <c>default</c>: nothing is known about this end.</summary>
    public bool IsKnown => _family != Family.None;

    public bool IsIPv4 => _family == Family.IPv4;

    public bool IsIPv6 => _family == Family.IPv6;

    /// <summary>0.0.0.0 or ::, which signalling uses for "hold" (RFC 3264 section 8.4).</summary>
    public bool IsUnspecified => _family switch
    {
        Family.IPv4 => _low == MappedPrefix,
        Family.IPv6 => (_high | _low) == 0,
        _ => false,
    };

    /// <summary>Scope of a link-local IPv6 address (<c>sin6_scope_id</c>), else 0.</summary>
    public uint ScopeId => _scope;

    /// <param name="address">The four bytes as one number, the first byte most significant.</param>
    /// <param name="port">Port in host byte order.</param>
    public static Endpoint FromIPv4(uint address, ushort port) =>
        new(0, MappedPrefix | address, 0, port, Family.IPv4);

    /// <param name="address">Sixteen bytes, network order.</param>
    /// <param name="port">Port in host byte order.</param>
    /// <param name="scopeId"><c>sin6_scope_id</c>, 0 if none.</param>
    public static Endpoint FromIPv6(ReadOnlySpan<byte> address, ushort port, uint scopeId = 0) =>
        new(
            BinaryPrimitives.ReadUInt64BigEndian(address),
            BinaryPrimitives.ReadUInt64BigEndian(address[8..]),
            scopeId,
            port,
            Family.IPv6);

    public static Endpoint From(IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? FromIPv6(bytes, (ushort)port, (uint)address.ScopeId)
            : FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes[..length]), (ushort)port);
    }

    /// <summary>The same host with another port.</summary>
    public Endpoint WithPort(ushort port) => new(_high, _low, _scope, port, _family);

    /// <summary>True when family and address are equal, whatever the ports.</summary>
    public bool IsSameHost(in Endpoint other) =>
        _family == other._family && _low == other._low && _high == other._high && _scope == other._scope;

    /// <summary>The IPv4 address as one number; meaningful only if <see cref="IsIPv4"/>.</summary>
    public uint IPv4Address => (uint)_low;

    /// <summary>Writes 4 or 16 bytes in network order and returns how many.</summary>
    public int WriteAddress(Span<byte> destination)
    {
        if (_family == Family.IPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        return 16;
    }

    /// <summary>The address as the base library's type; allocates, so not for the packet path.</summary>
    public IPAddress ToIPAddress()
    {
        if (!IsKnown)
        {
            return IPAddress.None;
        }

        Span<byte> bytes = stackalloc byte[16];
        int length = WriteAddress(bytes);
        return length == 4 ? new IPAddress(bytes[..4]) : new IPAddress(bytes, _scope);
    }

    /// <summary><c>192.0.2.1:5004</c> or <c>[2001:db8::1]:5004</c>.</summary>
    public override string ToString()
    {
        return _family switch
        {
            Family.None => "unknown",
            Family.IPv4 => $"{ToIPAddress()}:{_port}",
            _ => $"[{ToIPAddress()}]:{_port}",
        };
    }
}
