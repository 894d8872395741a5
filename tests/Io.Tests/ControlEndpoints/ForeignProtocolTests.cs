using RtpProxy.Io.Tests.Hosts;

namespace RtpProxy.Io.Tests.ControlEndpoints;

/// <summary>A TCP control socket obeys nobody who speaks another protocol, whatever lines he sends (control protocol, section 1.5).</summary>
public sealed class ForeignProtocolTests
{
    private const string Call = "U kept 127.0.0.1 4000 a\n";

    public static TheoryData<string> TcpSockets => ["tcp:127.0.0.1:0", "tcp6:::1:0"];

    [Theory]
    [MemberData(nameof(TcpSockets))]
    public async Task A_web_page_that_posts_X_deletes_no_session(string socket)
    {
        await using HostUnderTest relay = HostUnderTest.Start([socket]);
        using ControlClient controller = await relay.ConnectAsync(0);
        await controller.AskAsync(Call);
        using ControlClient browser = await relay.ConnectAsync(0);

        await browser.SendAsync(
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n\nX\n");

        (await browser.ReadToEndAsync()).ShouldBe("E5\n");
        relay.Host.SessionCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("X / HTTP/1.1\r\n\r\n", "E5\n")]
    [InlineData("DELETE /x HTTP/1.1\r\nA: b\r\n\r\n", "E5\n")]
    [InlineData("INVITE sip:a@b SIP/2.0\r\n\r\n", "E5\n")]
    [InlineData("GET /\r\n", "E9\n")]
    [InlineData("Hello\n", "E0\n")]
    [InlineData("USER a b 4000 c\r\n", "E11\n")]
    [InlineData("QUIT\r\n", "E1\n")]
    [InlineData("\n\nHello\n", "E5\nE5\nE0\n")]
    [InlineData("\u0016\u0003\u0001\0\u00fa\n", "E5\n")]
    public async Task After_a_first_line_that_is_no_command_nothing_is_carried_out(string first, string answer)
    {
        await using HostUnderTest relay = HostUnderTest.Start(["tcp:127.0.0.1:0"]);
        using ControlClient controller = await relay.ConnectAsync(0);
        await controller.AskAsync(Call);
        using ControlClient stranger = await relay.ConnectAsync(0);

        await stranger.SendAsync(first + "X\nX\n");

        (await stranger.ReadToEndAsync()).ShouldBe(answer);
        relay.Host.SessionCount.ShouldBe(1);
    }

    [Fact]
    public async Task Nor_when_it_comes_in_pieces()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["tcp:127.0.0.1:0"]);
        using ControlClient controller = await relay.ConnectAsync(0);
        await controller.AskAsync(Call);
        using ControlClient stranger = await relay.ConnectAsync(0);

        await stranger.SendAsync("PO");
        await stranger.SendAsync("ST / HTTP/1.1\r");
        await stranger.SendAsync("\nX\n");

        (await stranger.ReadToEndAsync()).ShouldBe("E5\n");
        relay.Host.SessionCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_first_command_with_wrong_arguments_ends_nothing_nor_does_a_later_line()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["tcp:127.0.0.1:0"]);
        using ControlClient controller = await relay.ConnectAsync(0);

        (await controller.AskAsync("U call\n")).ShouldBe("E1\n");
        (await controller.AskAsync("Hello\n")).ShouldBe("E0\n");
        (await controller.AskAsync("V\n")).ShouldBe("20040107\n");
    }

    [Fact]
    public async Task On_a_unix_socket_errors_close_nothing()
    {
        await using HostUnderTest relay = HostUnderTest.Start(["cunix:DIR/c.sock"]);
        using ControlClient controller = await relay.ConnectAsync(0);

        (await controller.AskAsync("Hello\n")).ShouldBe("E0\n");
        (await controller.AskAsync("V\n")).ShouldBe("20040107\n");
    }
}
