using RtpProxy.Io.Net;
using RtpProxy.Io.Net.Engines.Epoll;
using RtpProxy.Io.Tests.Hosts;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Engines;

/// <summary>Alone, since time is measured.</summary>
[Collection(nameof(WholeRelayTests))]
public sealed class PacingTests
{
    [Fact]
    public async Task Deadlines_are_kept_within_a_millisecond_when_the_machine_is_free()
    {
        const int Count = 100;
        var state = new EchoCore.State();
        using var engine = new EpollEngine<EchoCore>(
            0, EngineCapabilities.Probe(), FreePorts.Range(1), new LoopbackAddresses(), new Random(1), new RecordingLogger());
        var period = TimeSpan.FromMilliseconds(10);
        Relay.Instant start = MonotonicClock.Now + period;
        state.NextDeadline = start;
        state.DeadlinePeriod = period;
        state.MaxDeadlines = Count;

        engine.Start(new EchoCore(state));
        await Eventually.TrueAsync(() => state.Deadlines.Count == Count, "all deadlines");

        double[] late = [.. state.Deadlines.Select((at, i) => (at - (start + (i * period))).TotalMilliseconds).Order()];
        late[0].ShouldBeGreaterThanOrEqualTo(0);
        late[Count / 4].ShouldBeLessThan(1, "a quarter of them at least, on a machine that others use too");
    }
}
