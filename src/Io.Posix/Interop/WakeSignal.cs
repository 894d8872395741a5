using System.ComponentModel;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>An eventfd(2) that wakes a thread out of epoll.</summary>
internal sealed unsafe class WakeSignal : IDisposable
{
    private readonly FdHandle _event;

    /// <exception cref="Win32Exception">The process may open no more descriptors.</exception>
    public WakeSignal()
    {
        _event = LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        if (_event.IsInvalid)
        {
            throw new Win32Exception((int)LibC.LastErrno);
        }
    }

    public int Descriptor => _event.Number;

    /// <summary>From any thread. A signal already raised stays raised.</summary>
    public void Raise()
    {
        // The owner may be disposing meanwhile: the reference keeps the number from naming another file.
        bool held = false;
        try
        {
            _event.DangerousAddRef(ref held);
            ulong one = 1;
            _ = LibC.write(_event.Number, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
        finally
        {
            if (held)
            {
                _event.DangerousRelease();
            }
        }
    }

    /// <summary>By the thread that was woken.</summary>
    public void Clear()
    {
        ulong count;
        _ = LibC.read(_event.Number, &count, sizeof(ulong));
    }

    public void Dispose() => _event.Dispose();
}
