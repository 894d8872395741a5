using RtpProxy.Io.Net;
using RtpProxy.Io.Net.Engines.Epoll;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Tests.Interop;

public sealed class WakeTimerTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(2.5);

    private readonly EpollSet _epoll = new();
    private readonly EpollEventBuffer _events = new(1);
    private readonly WakeTimer _timer = new();

    public WakeTimerTests() => _epoll.Add(_timer.Descriptor, 7).ShouldBe(Errno.None);

    public void Dispose()
    {
        _timer.Dispose();
        _events.Dispose();
        _epoll.Dispose();
    }

    [Fact]
    public void It_wakes_when_due_and_not_before()
    {
        Relay.Instant due = MonotonicClock.Now + Short;
        _timer.Set(due);

        _epoll.Wait(_events, maySleep: true).ShouldBe(1);

        (MonotonicClock.Now >= due).ShouldBeTrue();
    }

    [Fact]
    public void An_instant_in_the_past_wakes_at_once()
    {
        _timer.Set(MonotonicClock.Now + -Short);

        _epoll.Wait(_events, maySleep: true).ShouldBe(1);
    }

    [Theory]
    [InlineData(0)] // to the kernel this would be "off"
    [InlineData(1)]
    [InlineData(-1)]
    public void The_beginning_of_time_is_in_the_past(long nanoseconds)
    {
        _timer.Set(new Relay.Instant(nanoseconds));

        _epoll.Wait(_events, maySleep: false).ShouldBe(1);
    }

    [Fact]
    public void It_stays_due_until_it_is_set_anew()
    {
        Relay.Instant due = MonotonicClock.Now + Short;
        _timer.Set(due);
        _epoll.Wait(_events, maySleep: true).ShouldBe(1);

        _timer.Set(due);
        _epoll.Wait(_events, maySleep: false).ShouldBe(1);

        _timer.Set(due + TimeSpan.FromHours(1));
        _epoll.Wait(_events, maySleep: false).ShouldBe(0);
    }

    [Fact]
    public void Without_an_instant_it_is_off()
    {
        _timer.Set(MonotonicClock.Now + -Short);
        _timer.Set(null);

        _epoll.Wait(_events, maySleep: false).ShouldBe(0);
    }
}
