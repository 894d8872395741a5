using System.Net;
using RtpProxy.Io.Net.Addresses;

namespace RtpProxy.Io.Tests.Addresses;

public sealed class ServiceNamesTests
{
    private static readonly ServiceNames Names = new(
    [
        "# Network services",
        "",
        "sip\t\t5060/tcp\t\t# Session Initiation Protocol",
        "sip             5060/udp",
        "domain 53/udp nameserver dns",
        "domain 54/udp",
        "broken",
        "broken 70000/udp",
        "broken x/udp",
        "broken 1/2/3",
        "#commented 1/udp",
    ]);

    [Theory]
    [InlineData("sip", 5060)]
    [InlineData("domain", 53)]
    [InlineData("dns", 53)]
    public void A_name_or_alias_stands_for_its_port(string name, int port)
    {
        Names.TryFindUdp(name, out ushort found).ShouldBeTrue();
        found.ShouldBe((ushort)port);
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("commented")]
    [InlineData("SIP")]
    [InlineData("")]
    public void Other_names_stand_for_nothing(string name) => Names.TryFindUdp(name, out _).ShouldBeFalse();

    [Fact]
    public void Protocols_are_kept_apart()
    {
        Names.TryFindTcp("sip", out _).ShouldBeTrue();
        Names.TryFindTcp("domain", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_system_without_the_file_is_no_fault() => Should.NotThrow(ServiceNames.OfSystem);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::1", null)]
    [InlineData("", null)]
    [InlineData("no such name", null)]
    public void Literals_are_resolved_without_asking(string host, string? address) =>
        new NameResolver(isNumericOnly: true).ResolveIPv4(host).ShouldBe(address is null ? null : IPAddress.Parse(address));

    [Fact]
    public void Localhost_is_asked_for_unless_forbidden()
    {
        new NameResolver(isNumericOnly: false).ResolveIPv4("localhost").ShouldBe(IPAddress.Loopback);
        new NameResolver(isNumericOnly: true).ResolveIPv4("localhost").ShouldBeNull();
        new NameResolver(isNumericOnly: false).ResolveIPv4(new string('x', 5000)).ShouldBeNull();
    }
}
