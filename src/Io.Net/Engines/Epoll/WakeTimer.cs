using System.ComponentModel;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay;

namespace RtpProxy.Io.Net.Engines.Epoll;

/// <summary>
/// A timerfd(2) that wakes a thread out of epoll at an instant of <see cref="MonotonicClock"/>. It is set when the
/// deadline changes, which is once a second for a worker without players: a timeout of the wait itself would have to be
/// armed and disarmed with every batch of packets.
/// </summary>
/// <remarks>Owned by one thread. Once due it stays readable until it is set to another instant.</remarks>
internal sealed unsafe class WakeTimer : IDisposable
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly FdHandle _timer;
    private Instant? _due;

    /// <exception cref="Win32Exception">The process may open no more descriptors.</exception>
    public WakeTimer()
    {
        _timer = LibC.timerfd_create(LibC.CLOCK_BOOTTIME, LibC.TFD_CLOEXEC | LibC.TFD_NONBLOCK);
        if (_timer.IsInvalid)
        {
            throw new Win32Exception((int)LibC.LastErrno);
        }
    }

    public int Descriptor => _timer.Number;

    /// <summary>Wakes at <paramref name="due"/>, at once if that has passed; never if null.</summary>
    public void Set(Instant? due)
    {
        if (due == _due)
        {
            return;
        }

        LibC.itimerspec time = default; // all zero: off
        if (due is { } instant)
        {
            long nanoseconds = Math.Max(instant.Nanoseconds, 1); // zero would be off
            time.it_value.tv_sec = nanoseconds / NanosecondsPerSecond;
            time.it_value.tv_nsec = nanoseconds % NanosecondsPerSecond;
        }

        if (LibC.timerfd_settime(_timer.Number, LibC.TFD_TIMER_ABSTIME, &time, null) != 0)
        {
            throw new Win32Exception((int)LibC.LastErrno);
        }

        _due = due;
    }

    public void Dispose() => _timer.Dispose();
}
