using System.ComponentModel;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>An epoll instance that watches descriptors for input, level-triggered.</summary>
/// <remarks>Thread-safe as the kernel's object is; the waiting belongs to one thread. A closed descriptor leaves by itself.</remarks>
internal sealed unsafe class EpollSet : IDisposable
{
    private const int AtOnce = 0;
    private const int WithoutLimit = -1;

    private readonly FdHandle _epoll;

    /// <exception cref="Win32Exception">The process may open no more descriptors.</exception>
    public EpollSet()
    {
        _epoll = LibC.epoll_create1(LibC.EPOLL_CLOEXEC);
        if (_epoll.IsInvalid)
        {
            throw new Win32Exception((int)LibC.LastErrno);
        }
    }

    /// <summary>Watches <paramref name="fd"/>; <paramref name="tag"/> comes back with its events.</summary>
    public Errno Add(int fd, int tag)
    {
        byte* change = stackalloc byte[16];
        EpollEventBuffer.Write(change, LibC.EPOLLIN, (uint)tag);
        return LibC.epoll_ctl(_epoll.Number, LibC.EPOLL_CTL_ADD, fd, change) == 0 ? Errno.None : LibC.LastErrno;
    }

    /// <summary>
    /// Returns how many events were written to <paramref name="events"/>. Sleeps until there is one if
    /// <paramref name="maySleep"/>; 0 after a signal too.
    /// </summary>
    public int Wait(EpollEventBuffer events, bool maySleep)
    {
        int count = LibC.epoll_wait(
            _epoll.Number, events.Start, events.Capacity, maySleep ? WithoutLimit : AtOnce);
        if (count >= 0)
        {
            return count;
        }

        Errno errno = LibC.LastErrno;
        return errno == Errno.EINTR ? 0 : throw new Win32Exception((int)errno);
    }

    public void Dispose() => _epoll.Dispose();
}
