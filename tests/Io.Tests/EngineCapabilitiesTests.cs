using RtpProxy.Io.Net;
using RtpProxy.Io.Posix;

namespace RtpProxy.Io.Tests;

public sealed class EngineCapabilitiesTests
{
    [Fact]
    public void The_machine_tells_what_it_can()
    {
        EngineCapabilities capabilities = EngineCapabilities.Probe();

        capabilities.Descriptors.Soft.ShouldBeInRange(1, capabilities.Descriptors.Hard);
        capabilities.HasIPv6.ShouldBe(System.Net.Sockets.Socket.OSSupportsIPv6);
    }

    [Theory]
    [InlineData(1024, 218)]
    [InlineData(20_000, 4962)]
    [InlineData(100, 0)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Sessions_fit_by_fours(long limit, int sessions) =>
        new DescriptorLimit(limit, limit).SessionsThatFit.ShouldBe(sessions);

    [Fact]
    public void The_clock_goes_forward_and_the_wall_clock_is_the_systems()
    {
        Relay.Instant first = MonotonicClock.Now;
        Relay.Instant second = MonotonicClock.Now;

        (second >= first).ShouldBeTrue();
        DateTimeOffset.FromUnixTimeMilliseconds(MonotonicClock.WallMicroseconds / 1000)
            .ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromSeconds(1));
    }
}
