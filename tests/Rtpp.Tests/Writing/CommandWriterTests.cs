using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.SubCommands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Tests.Writing;

public sealed class CommandWriterTests
{
    private static readonly RemoteMedia Remote = new(IPAddress.Parse("192.0.2.2"), 41000);

    /// <summary>A bridging daemon with every family and a label, where every generated modifier is good.</summary>
    private static readonly BookedParser Parser = Parsers.Over(new AnyAddressBook());

    [Fact]
    public void Commands_look_as_controllers_write_them()
    {
        Line(new VersionCommand()).ShouldBe("V");
        Line(new VersionCommand("20050322")).ShouldBe("VF 20050322");
        Line(new UpdateCommand("call-1@h", Remote, "ft;1", Modifiers: new LegModifiers(Codecs: "0,8,101")))
            .ShouldBe("Uc0,8,101 call-1@h 192.0.2.2 41000 ft;1");
        Line(new LookupCommand(
            "call-1@h",
            new RemoteMedia(IPAddress.Parse("2001:db8::3"), 42000),
            "ft;1",
            "tt;1",
            new LegModifiers(
                IsIPv6: true,
                FirstDirection: Direction.External,
                SecondDirection: Direction.Internal,
                Codecs: "0,101"))).ShouldBe("LEI6c0,101 call-1@h 2001:db8::3 42000 ft;1 tt;1");
        Line(new UpdateCommand("c", Remote, "f", Modifiers: new LegModifiers(PtimeMilliseconds: 20, Codecs: "18")))
            .ShouldBe("UZ20c18 c 192.0.2.2 41000 f");
        Line(new UpdateCommand(
            "1-27@127.0.0.2-0",
            Remote,
            "e6a5",
            Modifiers: new LegModifiers(Local: new LocalSelector.RouteTo(IPAddress.Parse("127.0.0.3"))),
            Notify: new NotifyTarget("/run/b2b.sock", Encoding.ASCII.GetBytes("r 1"))))
            .ShouldBe("UR127.0.0.3 1-27@127.0.0.2-0 192.0.2.2 41000 e6a5 /run/b2b.sock r%201");
        Line(new DeleteCommand("c", "f", "t")).ShouldBe("D c f t");
        Line(new PlayCommand("c", "/prompts/moh", "session", "s1;1", "c1;1", -1)).ShouldBe("P-1 c /prompts/moh session s1;1 c1;1");
        Line(new NoPlayCommand("c", "s1;1", "c1;1")).ShouldBe("S c s1;1 c1;1");
        Line(new RecordCommand("c", "f", "t", SingleFile: true)).ShouldBe("Rs c f t");
        Line(new CopyCommand("c", "udp:127.0.0.9:60000", "f;1", "t;1", ReportPort: true)).ShouldBe("Cp c udp:127.0.0.9:60000 f;1 t;1");
        Line(new NoRecordCommand("c", "f;1", "t;1")).ShouldBe("N c f;1 t;1");
        Line(new QueryCommand("c", "f;1", "t", ["ttl", "npkts_ina"], "v")).ShouldBe("Qv c f;1 t ttl npkts_ina");
        Line(new StatsCommand(["pps_in"], Verbose: true)).ShouldBe("Gv pps_in");
        Line(new InfoCommand(Brief: true)).ShouldBe("Ib");
        Line(new DeleteAllCommand()).ShouldBe("X");
    }

    [Fact]
    public void Sub_commands_follow_the_main_command() =>
        Line(new UpdateCommand("a", Remote, "f", "t")
        {
            SubCommands =
            [
                new SetTtlSubCommand(5, Outgoing: true),
                new SetTosSubCommand(16),
                new LookupSubCommand(Remote, new LegModifiers(Weak: true)),
                new ForkSubCommand("src", "x", "y"),
                new DigitSubCommand(new DigitRequest("d 1"u8.ToArray())),
                new DigitSubCommand(new DigitRequest("&&"u8.ToArray(), 96), Instance: 2),
                new DigitSubCommand(new DigitRequest("x"u8.ToArray(), Hide: true)),
                new DeleteSubCommand(Weak: true),
            ],
        }).ShouldBe("U a 192.0.2.2 41000 f t && Sr ttl=5 && S tos=16 && LW 192.0.2.2 41000 && C src x y"
            + " && M3:1 d%201 && M3:2 %26%26 96 && M3:1 x 101 h && Dw");

    [Fact]
    public void A_mapped_address_is_written_without_dots() =>
        Line(new UpdateCommand(
            "c",
            Remote,
            "f",
            Modifiers: new LegModifiers(Local: new LocalSelector.Literal(IPAddress.Parse("::ffff:192.0.2.1")))))
            .ShouldBe("Ul[0:0:0:0:0:ffff:c000:201] c 192.0.2.2 41000 f");

    [Theory]
    [InlineData(""), InlineData("a b"), InlineData("a\tb"), InlineData("a\nb"), InlineData("a\rb")]
    [InlineData("a\0b"), InlineData("\u0100")]
    [InlineData("&&")]
    public void A_text_that_is_no_word_is_refused_by_name(string text)
    {
        Refused(new DeleteCommand(text, "f")).ShouldBe("Call");
        Refused(new DeleteCommand("c", text)).ShouldBe("FromTag");
        Refused(new DeleteCommand("c", "f", text)).ShouldBe("ToTag");
        Refused(new UpdateCommand("c", Remote with { AddressText = text }, "f")).ShouldBe("AddressText");
        Refused(new UpdateCommand("c", Remote with { PortText = text }, "f")).ShouldBe("PortText");
        Refused(new UpdateCommand("c", Remote, "f", Notify: new NotifyTarget(text, [1]))).ShouldBe("Socket");
        Refused(new PlayCommand("c", text, "0", "f")).ShouldBe("Prompt");
        Refused(new PlayCommand("c", "p", text, "f")).ShouldBe("Codecs");
        Refused(new CopyCommand("c", text, "f")).ShouldBe("Target");
        Refused(new StatsCommand([text])).ShouldBe("Names");
        Refused(new VersionCommand(text)).ShouldBe("Capability");
        Refused(WithSubCommands(new ForkSubCommand(text, "f", "t"))).ShouldBe("SourceCall");
    }

    [Fact]
    public void A_record_that_no_line_can_say_is_refused()
    {
        Refused(new UpdateCommand("c", Remote, "f", Notify: new NotifyTarget("s", []))).ShouldBe("Tag");
        Refused(new QueryCommand("c", "f", null, ["ttl"])).ShouldBe("command");
        Refused(new QueryCommand("c", "f", "t", [.. Enumerable.Repeat("ttl", 12)])).ShouldBe("command");
        Refused(new QueryCommand("c", "f", "t", [], "a b")).ShouldBe("Modifiers");
        Refused(new StatsCommand([.. Enumerable.Repeat("x", 23)])).ShouldBe("Names");
        Refused(WithSubCommands([.. Enumerable.Repeat(new DeleteSubCommand(), 16)])).ShouldBe("command");
        Refused(WithSubCommands(new SetTtlSubCommand(0))).ShouldBe("value");
        Refused(WithSubCommands(new DigitSubCommand(null))).ShouldBe("digits");
        Refused(WithSubCommands(new DigitSubCommand(new DigitRequest([1]), Instance: 0))).ShouldBe("digits");
        Refused(WithSubCommands(new DigitSubCommand(new DigitRequest([1], 128)))).ShouldBe("digits");
        Refused(WithSubCommands(new DigitSubCommand(new DigitRequest([])))).ShouldBe("Tag");
        Refused(new DeleteCommand("c", "f") { SubCommands = [new DeleteSubCommand()] }).ShouldBe("command");
        Refused(new UpdateCommand("c", Remote, "f") { SubCommands = [new ForkSubCommand("c", "f", "t")] }).ShouldBe("command");
        Refused(new DeleteCommand(new string('c', 9_000), "f")).ShouldBeNull();
    }

    [Theory]
    [InlineData(0), InlineData(1000), InlineData(-1)]
    public void A_packet_time_out_of_range_is_refused(int milliseconds) =>
        Refused(WithModifiers(new LegModifiers(PtimeMilliseconds: milliseconds))).ShouldBe("milliseconds");

    [Theory]
    [InlineData(""), InlineData("0 8"), InlineData("0;8"), InlineData("c0")]
    public void A_codec_list_is_digits_and_commas(string codecs) =>
        Refused(WithModifiers(new LegModifiers(Codecs: codecs))).ShouldBe("codecs");

    [Fact]
    public void A_selector_that_no_modifier_can_carry_is_refused()
    {
        Refused(WithModifiers(new LegModifiers(Local: new LocalSelector.Labelled("a}b")))).ShouldBe("local");
        Refused(WithModifiers(new LegModifiers(Local: new LocalSelector.Labelled("a b")))).ShouldBe("label");
        Refused(WithModifiers(new LegModifiers(Local: new LocalSelector.Labelled("")))).ShouldBe("label");
        Refused(WithModifiers(new LegModifiers(Local: new LocalSelector.Literal(IPAddress.Parse("fe80::1%3"))))).ShouldBe("local");
        Refused(WithModifiers(new LegModifiers(SecondDirection: Direction.External))).ShouldBe("modifiers");
    }

    [Fact]
    public void Write_then_parse_is_identity() =>
        Prop.ForAll(Commands.Any.ToArbitrary(), command =>
        {
            byte[] bytes = Encoding.Latin1.GetBytes(CommandWriter.ToLine(command) + '\n');
            Parser.TryParse(bytes, out Command? parsed).ShouldBe(ErrorCode.None, Encoding.Latin1.GetString(bytes));
            ShouldBeSame(parsed!, command);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static void ShouldBeSame(Command parsed, Command command)
    {
        parsed.ShouldBe(
            command switch
            {
                StatsCommand stats => stats with { Names = ((StatsCommand)parsed).Names, SubCommands = parsed.SubCommands },
                QueryCommand query => query with { Names = ((QueryCommand)parsed).Names, SubCommands = parsed.SubCommands },
                _ => command with { SubCommands = parsed.SubCommands },
            });
        NamesOf(parsed).ShouldBe(NamesOf(command));
        parsed.SubCommands.ShouldBe(command.SubCommands);
    }

    private static IReadOnlyList<string> NamesOf(Command command) => command switch
    {
        StatsCommand stats => stats.Names,
        QueryCommand query => query.Names,
        _ => [],
    };

    private static string Line(Command command)
    {
        string line = CommandWriter.ToLine(command);
        Parser.TryParse(Encoding.Latin1.GetBytes(line), out _).ShouldBe(ErrorCode.None, line);
        return line;
    }

    private static string? Refused(Command command) =>
        Should.Throw<ArgumentException>(() => CommandWriter.ToLine(command)).ParamName;

    private static UpdateCommand WithModifiers(LegModifiers modifiers) => new("c", Remote, "f", Modifiers: modifiers);

    private static UpdateCommand WithSubCommands(params SubCommand[] subCommands) =>
        new("c", Remote, "f", "t") { SubCommands = subCommands };
}
