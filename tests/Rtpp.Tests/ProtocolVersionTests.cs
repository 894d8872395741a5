namespace RtpProxy.Protocols.Rtpp.Tests;

public sealed class ProtocolVersionTests
{
    [Theory]
    [InlineData("20040107"), InlineData("20260309"), InlineData("20191015"), InlineData("20250523")]
    public void Every_listed_date_is_supported(string date) => ProtocolVersion.IsSupported(date, false).ShouldBeTrue();

    [Theory]
    [InlineData("19990101"), InlineData("020040107"), InlineData("20040107 "), InlineData("1"), InlineData("")]
    [InlineData("20170313")]
    public void Any_other_text_is_not(string date) => ProtocolVersion.IsSupported(date, true).ShouldBeFalse();

    [Fact]
    public void Timeout_notifications_are_supported_only_if_a_target_is_permitted()
    {
        ProtocolVersion.IsSupported("20081224", notificationsEnabled: false).ShouldBeFalse();
        ProtocolVersion.IsSupported("20081224", notificationsEnabled: true).ShouldBeTrue();
    }

    [Fact]
    public void There_are_25_capabilities_and_notifications_come_before_bridging()
    {
        ProtocolVersion.Capabilities.Count.ShouldBe(25);
        ProtocolVersion.Capabilities.Select(capability => capability.Date).ShouldBeUnique();
        ProtocolVersion.Capabilities[0].ShouldBe(new Capability(ProtocolVersion.Base, "Basic RTP proxy functionality"));
        ProtocolVersion.Capabilities[7].Date.ShouldBe("20081224");
        ProtocolVersion.Capabilities[8].Date.ShouldBe("20090810");
    }
}
