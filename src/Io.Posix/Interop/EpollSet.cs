using System.ComponentModel;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>An epoll instance that watches descriptors, level-triggered.</summary>
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

    /// <summary>Watches <paramref name="fd"/> for input; <paramref name="tag"/> comes back with its events.</summary>
    public Errno Add(int fd, int tag) => Change(LibC.EPOLL_CTL_ADD, fd, tag, LibC.EPOLLIN);

    /// <summary>Watches a descriptor that is watched already for room to write instead, or for input again.</summary>
    public Errno WatchFor(int fd, int tag, bool output) =>
        Change(LibC.EPOLL_CTL_MOD, fd, tag, output ? LibC.EPOLLOUT : LibC.EPOLLIN);

    /// <summary>Watches it no more; one that is not watched stays so.</summary>
    public void Remove(int fd) => Change(LibC.EPOLL_CTL_DEL, fd, tag: 0, events: 0);

    /// <summary>
    /// Returns how many events were written to <paramref name="events"/>. Sleeps until there is one if
    /// <paramref name="maySleep"/>; 0 after a signal too.
    /// </summary>
    public int Wait(EpollEventBuffer events, bool maySleep) => Wait(events, maySleep ? WithoutLimit : AtOnce);

    /// <summary>As above, and sleeps so long at most.</summary>
    /// <param name="milliseconds">0 for not at all, -1 for without a limit.</param>
    public int Wait(EpollEventBuffer events, int milliseconds)
    {
        int count = LibC.epoll_wait(_epoll.Number, events.Start, events.Capacity, milliseconds);
        if (count >= 0)
        {
            return count;
        }

        Errno errno = LibC.LastErrno;
        return errno == Errno.EINTR ? 0 : throw new Win32Exception((int)errno);
    }

    public void Dispose() => _epoll.Dispose();

    private Errno Change(int operation, int fd, int tag, uint events)
    {
        byte* change = stackalloc byte[16];
        EpollEventBuffer.Write(change, events, (uint)tag);
        return LibC.epoll_ctl(_epoll.Number, operation, fd, change) == 0 ? Errno.None : LibC.LastErrno;
    }
}
