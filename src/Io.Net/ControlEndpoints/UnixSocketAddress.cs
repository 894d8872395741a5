using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary><c>struct sockaddr_un</c>: the family in host order, then the path and its NUL.</summary>
internal static unsafe class UnixSocketAddress
{
    public const int MaxPathBytes = 107; // sizeof(sockaddr_un.sun_path) is 108, final NUL included

    public const int Bytes = sizeof(ushort) + MaxPathBytes + 1;

    /// <param name="path">Ended by a NUL.</param>
    /// <param name="address"><see cref="Bytes"/> of room.</param>
    /// <returns>The length of the address.</returns>
    public static uint Write(ReadOnlySpan<byte> path, byte* address)
    {
        *(ushort*)address = LibC.AF_UNIX;
        path.CopyTo(new Span<byte>(address + sizeof(ushort), MaxPathBytes + 1));
        return (uint)(sizeof(ushort) + path.Length);
    }
}
