namespace RtpProxy.Protocols.Rtpp.Tests;

public sealed class SocketTextTests
{
    private static readonly string[] Kinds = ["udp", "udp6", "unix"];

    [Theory]
    [InlineData("udp:127.0.0.1:22222", "udp", "127.0.0.1:22222")]
    [InlineData("udp6:::1:22222", "udp6", "::1:22222")]
    [InlineData("unix:/run/a:b", "unix", "/run/a:b")]
    [InlineData("udp:", "udp", "")]
    [InlineData("udp", null, "udp")]
    [InlineData("UDP:x", null, "UDP:x")]
    [InlineData("/run/udp:x", null, "/run/udp:x")]
    public void A_kind_ends_with_the_first_colon(string text, string? kind, string rest) =>
        SocketText.Split(text, Kinds).ShouldBe(new SocketText(kind, rest));

    [Fact]
    public void A_kind_is_told_as_it_was_asked_for() =>
        SocketText.Split("UDP:x", Kinds, StringComparison.OrdinalIgnoreCase).ShouldBe(new SocketText("udp", "x"));

    [Theory]
    [InlineData("host", false, "host", null)]
    [InlineData("host:", false, "host", "")]
    [InlineData("host:1", false, "host", "1")]
    [InlineData("::1:9", false, "::1", "9")]
    [InlineData("::1", false, ":", "1")]
    [InlineData("[::1]:9", true, "[::1]", "9")]
    [InlineData("[::1]", true, "[::1]", null)]
    [InlineData("[::1]", false, "[:", "1]")]
    [InlineData(":1", false, "", "1")]
    public void The_last_colon_parts_host_and_port(string rest, bool takesBrackets, string host, string? port)
    {
        new SocketText("udp", rest).HostAndPort(takesBrackets, out string? told).ShouldBe(host);
        told.ShouldBe(port);
    }
}
