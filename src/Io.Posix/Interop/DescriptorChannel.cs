using System.ComponentModel;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>One end of a pair of sockets that carries messages, each whole and with copies of descriptors (unix(7), SCM_RIGHTS).</summary>
/// <remarks>Sending is thread-safe and never waits; one thread at a time receives.</remarks>
internal sealed unsafe class DescriptorChannel : IDisposable
{
    /// <summary>The kernel takes no more with one message (SCM_MAX_FD is 253).</summary>
    public const int MaxDescriptors = 250;

    /// <summary>Bytes of the longest message.</summary>
    public const int MaxMessage = 60_000;

    private const int ControlRoom = 16 + (sizeof(int) * (MaxDescriptors + 6)); // a cmsghdr, and what the kernel may send

    // What is asked of the kernel for messages under way: some hundreds of openings and closings of ports at once.
    private const int SendBufferBytes = 1_048_576;

    private readonly FdHandle _socket;

    private DescriptorChannel(FdHandle socket) => _socket = socket;

    /// <summary>The number of the descriptor; valid until disposed.</summary>
    public int Descriptor => _socket.Number;

    /// <summary>Two connected ends, both closed on exec.</summary>
    /// <exception cref="Win32Exception">The process may open no more descriptors.</exception>
    public static (DescriptorChannel One, DescriptorChannel Other) MakePair()
    {
        int* ends = stackalloc int[2];
        if (LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, ends) != 0)
        {
            throw new Win32Exception((int)LibC.LastErrno);
        }

        return (Own(ends[0]), Own(ends[1]));
    }

    /// <summary>Takes over a descriptor that was inherited; closed on exec from now on.</summary>
    public static DescriptorChannel Own(int descriptor)
    {
        _ = LibC.fcntl(descriptor, LibC.F_SETFD, LibC.FD_CLOEXEC);
        int bytes = SendBufferBytes;
        _ = LibC.setsockopt(descriptor, LibC.SOL_SOCKET, LibC.SO_SNDBUF, &bytes, sizeof(int));
        return new DescriptorChannel(FdHandle.Own(descriptor));
    }

    /// <summary>Sends a message with copies of descriptors, which stay the caller's.</summary>
    /// <returns>
    /// <see cref="Errno.None"/>; <see cref="Errno.EAGAIN"/>: no room on the way now; another: nobody receives any more.
    /// </returns>
    public Errno Send(ReadOnlySpan<byte> message, ReadOnlySpan<int> descriptors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, MaxDescriptors);
        byte* control = stackalloc byte[ControlRoom];
        fixed (byte* bytes = message)
        {
            LibC.iovec part = new() { iov_base = bytes, iov_len = message.Length };
            LibC.msghdr header = new() { msg_iov = &part, msg_iovlen = 1 };
            if (!descriptors.IsEmpty)
            {
                var block = (LibC.cmsghdr*)control;
                block->cmsg_len = sizeof(LibC.cmsghdr) + (descriptors.Length * sizeof(int));
                block->cmsg_level = LibC.SOL_SOCKET;
                block->cmsg_type = LibC.SCM_RIGHTS;
                descriptors.CopyTo(new Span<int>(block + 1, descriptors.Length));
                header.msg_control = control;
                header.msg_controllen = (block->cmsg_len + 7) & ~7; // CMSG_SPACE
            }

            while (LibC.sendmsg(_socket.Number, &header, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL) < 0)
            {
                Errno errno = LibC.LastErrno;
                if (errno != Errno.EINTR)
                {
                    // So many descriptors of this user are under way that the kernel wants some to arrive first; or it has no memory now.
                    return errno is Errno.ETOOMANYREFS or Errno.ENOBUFS or Errno.ENOMEM ? Errno.EAGAIN : errno;
                }
            }

            return Errno.None;
        }
    }

    /// <summary>Receives the next message.</summary>
    /// <param name="buffer">At least <see cref="MaxMessage"/> bytes; what is longer counts as malformed and is empty.</param>
    /// <param name="descriptors">Those that came with it are added, closed on exec; they are the caller's.</param>
    /// <param name="mayWait">Sleeps until there is one; if not, none is there at the moment: <see cref="Errno.EAGAIN"/>.</param>
    /// <param name="length">Of the message.</param>
    /// <param name="isShort">Descriptors were lost: this process may open no more.</param>
    /// <returns><see cref="Errno.None"/>; <see cref="Errno.EPIPE"/>: the other end is closed.</returns>
    public Errno Receive(
        Span<byte> buffer, List<FdHandle> descriptors, bool mayWait, out int length, out bool isShort)
    {
        length = 0;
        isShort = false;
        byte* control = stackalloc byte[ControlRoom];
        fixed (byte* bytes = buffer)
        {
            LibC.iovec part = new() { iov_base = bytes, iov_len = buffer.Length };
            LibC.msghdr header = new() { msg_iov = &part, msg_iovlen = 1, msg_control = control, msg_controllen = ControlRoom };
            nint count;
            while ((count = LibC.recvmsg(
                _socket.Number, &header, LibC.MSG_CMSG_CLOEXEC | (mayWait ? 0 : LibC.MSG_DONTWAIT))) < 0)
            {
                // ECONNRESET comes once, and before what the other end has sent: it was closed with something unread in it.
                Errno errno = LibC.LastErrno;
                if (errno is not (Errno.EINTR or Errno.ECONNRESET))
                {
                    return errno is Errno.EAGAIN ? errno : Errno.EPIPE;
                }
            }

            Collect(control, header.msg_controllen, descriptors);
            isShort = (header.msg_flags & LibC.MSG_CTRUNC) != 0;
            length = (header.msg_flags & LibC.MSG_TRUNC) != 0 ? 0 : (int)count;

            // Nobody sends an empty message: it is how a closed end reads.
            return count == 0 ? Errno.EPIPE : Errno.None;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static void Collect(byte* control, nint length, List<FdHandle> descriptors)
    {
        for (nint offset = 0; offset + sizeof(LibC.cmsghdr) <= length;)
        {
            var block = (LibC.cmsghdr*)(control + offset);
            nint end = Math.Min(block->cmsg_len, length - offset);
            if (end < sizeof(LibC.cmsghdr))
            {
                return;
            }

            if (block->cmsg_level == LibC.SOL_SOCKET && block->cmsg_type == LibC.SCM_RIGHTS)
            {
                int count = (int)((end - sizeof(LibC.cmsghdr)) / sizeof(int));
                for (int i = 0; i < count; i++)
                {
                    descriptors.Add(FdHandle.Own(((int*)(block + 1))[i]));
                }
            }

            offset += (end + 7) & ~7;
        }
    }
}
