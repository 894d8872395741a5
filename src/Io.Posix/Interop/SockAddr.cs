using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>
/// <c>sockaddr_in</c> and <c>sockaddr_in6</c> in one piece, to and from <see cref="Endpoint"/> without allocation:
/// <code>
/// bytes   0     2     4        8                    24
/// IPv4    family port  address  zero
/// IPv6    family port  flowinfo address              scope
/// </code>
/// Family and scope are in host order, port and address in network order.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal unsafe struct SockAddr
{
    public const int Size = 28; // sizeof(struct sockaddr_in6)
    private const int IPv4Size = 16; // sizeof(struct sockaddr_in)

    [FieldOffset(0)]
    private ushort _family;

    [FieldOffset(2)]
    private ushort _port;

    [FieldOffset(4)]
    private uint _address4;

    [FieldOffset(8)]
    private fixed byte _address6[16];

    [FieldOffset(24)]
    private uint _scope;

    /// <summary>What C calls addrlen.</summary>
    public readonly uint Length => _family == LibC.AF_INET ? IPv4Size : (uint)Size;

    /// <summary>The address of <paramref name="endpoint"/>, which must be known; <paramref name="length"/> is what C calls addrlen.</summary>
    public static SockAddr From(in Endpoint endpoint, out uint length)
    {
        SockAddr address = default;
        address._port = BinaryPrimitives.ReverseEndianness(endpoint.Port);
        if (endpoint.IsIPv4)
        {
            address._family = LibC.AF_INET;
            address._address4 = BinaryPrimitives.ReverseEndianness(endpoint.IPv4Address);
            length = IPv4Size;
            return address;
        }

        address._family = LibC.AF_INET6;
        endpoint.WriteAddress(new Span<byte>(address._address6, 16));
        address._scope = endpoint.ScopeId;
        length = Size;
        return address;
    }

    /// <summary>The endpoint, or "unknown" when the family is neither IPv4 nor IPv6.</summary>
    public readonly Endpoint ToEndpoint()
    {
        ushort port = BinaryPrimitives.ReverseEndianness(_port);
        switch (_family)
        {
            case LibC.AF_INET:
                return Endpoint.FromIPv4(BinaryPrimitives.ReverseEndianness(_address4), port);
            case LibC.AF_INET6:
                fixed (byte* address = _address6)
                {
                    return Endpoint.FromIPv6(new ReadOnlySpan<byte>(address, 16), port, _scope);
                }

            default:
                return default;
        }
    }
}
