using System.Globalization;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Lines;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Looks who listens on the path of a Unix socket, by knocking.</summary>
internal static unsafe class UnixListener
{
    /// <param name="path">At most 107 bytes, ended by a NUL.</param>
    /// <returns>A program and its pid where they can be known; null if nobody listens.</returns>
    public static string? Find(ReadOnlySpan<byte> path)
    {
        using FdHandle socket = LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0);
        if (socket.IsInvalid)
        {
            return null;
        }

        byte* address = stackalloc byte[UnixSocketAddress.Bytes];
        uint length = UnixSocketAddress.Write(path, address);
        return LibC.connect(socket.Number, address, length) == 0
            ? NameOf(PeerOf(socket))
            : LibC.LastErrno is Errno.ECONNREFUSED or Errno.ENOENT ? null : NameOf(0); // full, another type, not for us: alive
    }

    private static int PeerOf(FdHandle socket)
    {
        LibC.ucred peer;
        uint length = (uint)sizeof(LibC.ucred);
        return LibC.getsockopt(socket.Number, LibC.SOL_SOCKET, LibC.SO_PEERCRED, &peer, &length) == 0 ? peer.pid : 0;
    }

    // The pid is 0 where the peer lives in a namespace that we do not see.
    private static string NameOf(int pid)
    {
        if (pid <= 0)
        {
            return "another program";
        }

        string number = pid.ToString(CultureInfo.InvariantCulture);
        try
        {
            byte[] name = File.ReadAllBytes($"/proc/{number}/comm");
            return $"{PeerText.Of(name.AsSpan().TrimEnd((byte)'\n'))}, pid {number}";
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return $"pid {number}";
        }
    }
}
