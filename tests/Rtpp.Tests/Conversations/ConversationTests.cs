using RtpProxy.TestKit.Conversations;

namespace RtpProxy.Protocols.Rtpp.Tests.Conversations;

public sealed class ConversationTests
{
    private static Conversation Parse(params string[] lines) => Conversation.Parse("test", string.Join('\n', lines));

    [Fact]
    public void The_header_says_how_to_start_the_daemon()
    {
        Conversation conversation = Parse(
            "# A title",
            "# not the title",
            "daemon -l one@127.0.0.1  -b -m 28000 -M 28003",
            "transport cunix TCP udp6",
            "framing raw",
            "file prompt.0 {\\xFF\\0}x2!",
            "directory rec");
        conversation.Name.ShouldBe("test");
        conversation.ToString().ShouldBe("test");
        conversation.Title.ShouldBe("A title");
        conversation.Options.ShouldBe(["-l", "one@127.0.0.1", "-b"]);
        conversation.Ports.ShouldBe(new PortRange(28000, 28003));
        conversation.Transports.ShouldBe([Transport.Cunix, Transport.Tcp, Transport.Udp6]);
        conversation.Framing.ShouldBe(Framing.Raw);
        conversation.Files.ShouldHaveSingleItem().Path.ShouldBe("prompt.0");
        conversation.Files[0].Contents.ShouldBe([0xFF, 0, 0xFF, 0, (byte)'!']);
        conversation.Directories.ShouldBe(["rec"]);
        conversation.Steps.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_header_the_daemon_has_no_options_and_a_thousand_ports()
    {
        Conversation conversation = Parse("transport any");
        conversation.Options.ShouldBeEmpty();
        conversation.Ports.ShouldBe(new PortRange(27000, 27999));
        conversation.Framing.ShouldBe(Framing.Command);
        conversation.Transports.ShouldBe(Enum.GetValues<Transport>());
    }

    [Fact]
    public void Steps_come_in_order_with_their_lines()
    {
        Conversation conversation = Parse(
            "transport unix",
            "> V",
            "# a comment between",
            "< 20040107",
            "",
            "wait 2.3s",
            "signal HUP",
            "connect",
            ">",
            "silence",
            "open",
            "closed",
            "exit 0");
        conversation.Steps.Select(step => step.Line).ShouldBe([2, 6, 7, 8, 9, 11, 12, 13]);
        var first = conversation.Steps[0].ShouldBeOfType<Step.Exchange>();
        first.Request.ShouldBe("V"u8.ToArray());
        first.Reply!.Text.ShouldBe("20040107");
        conversation.Steps[1].ShouldBe(new Step.Wait(6, TimeSpan.FromSeconds(2.3)));
        conversation.Steps[2].ShouldBe(new Step.Signal(7, "HUP"));
        conversation.Steps[3].ShouldBe(new Step.Connect(8));
        var silent = conversation.Steps[4].ShouldBeOfType<Step.Exchange>();
        silent.Request.ShouldBeEmpty();
        silent.Reply.ShouldBeNull();
        conversation.Steps[5].ShouldBe(new Step.Open(11));
        conversation.Steps[6].ShouldBe(new Step.Closed(12));
        conversation.Steps[7].ShouldBe(new Step.Exit(13, 0));
    }

    [Theory]
    [InlineData(@"V\n", "V\n")]
    [InlineData(@"  \t\x20", "  \t ")]
    [InlineData(@"\0\r\\\{", "\0\r\\{")]
    [InlineData("Ul{two} b", "Ul{two} b")]
    [InlineData("Ul{} c", "Ul{} c")]
    [InlineData("Ul{two", "Ul{two")]
    [InlineData("U f{ x}x3", "U f x x x")]
    [InlineData(@"{\n}x2.", "\n\n.")]
    [InlineData("{AB:}x2AB", "AB:AB:AB")]
    [InlineData("{x}xy", "{x}xy")]
    public void Requests_have_escapes_and_repetitions(string text, string request) =>
        Parse("transport any", "> " + text, "< 0").Steps[0].ShouldBeOfType<Step.Exchange>()
            .Request.ShouldBe(System.Text.Encoding.Latin1.GetBytes(request));

    [Theory]
    [InlineData(1, "nonsense")]
    [InlineData(1, "transport carrier-pigeon")]
    [InlineData(1, "framing loose")]
    [InlineData(1, "daemon -s stdio:")]
    [InlineData(1, "daemon -m")]
    [InlineData(1, "daemon -M x")]
    [InlineData(1, "file")]
    [InlineData(1, "directory")]
    [InlineData(1, "wait 2.3")]
    [InlineData(1, "wait s")]
    [InlineData(1, "signal")]
    [InlineData(1, "exit")]
    [InlineData(1, "< 0")]
    [InlineData(1, "silence")]
    [InlineData(1, "> V")]
    [InlineData(1, "> V", "", "< 0")]
    [InlineData(1, @"> \q", "< 0")]
    [InlineData(1, @"> \x4", "< 0")]
    [InlineData(1, @"> \", "< 0")]
    [InlineData(1, "> {x}x100001", "< 0")]
    [InlineData(2, "# fine", "> V", "< {P1")]
    [InlineData(1, "> V", "< {}")]
    [InlineData(1, "> V", "< {P1!}")]
    [InlineData(1, "> V", "< {P1!P2!P3}")]
    [InlineData(1, "> V", "< {ttl x}")]
    public void A_line_that_cannot_be_understood_is_named(int line, params string[] lines) =>
        Should.Throw<FormatException>(() => Parse([.. lines, "transport any"])).Message.ShouldStartWith($"test.talk, line {line}: ");

    [Fact]
    public void A_conversation_without_a_transport_is_refused() =>
        Should.Throw<FormatException>(() => Parse("# title")).Message.ShouldContain("transport");
}
