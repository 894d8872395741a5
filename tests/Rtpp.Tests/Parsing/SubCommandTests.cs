using System.Net;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.SubCommands;

namespace RtpProxy.Protocols.Rtpp.Tests.Parsing;

public sealed class SubCommandTests
{
    private const string DualLeg = "U c 192.0.2.1 4000 f t";
    private const string SingleLeg = "U c 192.0.2.1 4000 f";

    private static SubCommand Parse(string subCommand) =>
        Parsers.Plain.Parse<UpdateCommand>($"{DualLeg} && {subCommand}").SubCommands.ShouldHaveSingleItem();

    [Theory]
    [InlineData("D", false), InlineData("dW", true), InlineData("Dww", true)]
    public void D_takes_w(string text, bool weak) => Parse(text).ShouldBe(new DeleteSubCommand(weak));

    [Theory]
    [InlineData("S ttl=1", 1, false)]
    [InlineData("s ttl=2147483647", int.MaxValue, false)]
    [InlineData("SR ttl=007", 7, true)]
    [InlineData("Sr ttl=+7", 7, true)]
    [InlineData("Sq ttl=7", 7, false)]
    public void S_sets_the_ttl_of_a_leg(string text, int seconds, bool outgoing) =>
        Parse(text).ShouldBe(new SetTtlSubCommand(seconds, outgoing));

    [Theory]
    [InlineData("S tos=1", 1, false), InlineData("Sr tos=255", 255, true)]
    public void S_sets_the_tos_of_a_leg(string text, byte tos, bool outgoing) =>
        Parse(text).ShouldBe(new SetTosSubCommand(tos, outgoing));

    [Fact]
    public void L_reads_modifiers_address_and_port() => Parse("Lz20 192.0.2.2 5000").ShouldBe(
        new LookupSubCommand(
            new RemoteMedia(IPAddress.Parse("192.0.2.2"), 5000),
            LegModifiers.None with { PtimeMilliseconds = 20 }));

    [Fact]
    public void C_reads_the_three_keys() => Parse("c src f1 t1").ShouldBe(new ForkSubCommand("src", "f1", "t1"));

    [Theory]
    [InlineData("M3:1 dtmf%20tag", "dtmf tag", 101, false, 1)]
    [InlineData("m3:1 a+b 0", "a b", 0, false, 1)]
    [InlineData("M3:2 t 127 h", "t", 127, true, 2)]
    [InlineData("M03:01 t 096 Hh", "t", 96, true, 1)]
    [InlineData("M3:2147483647 %00 101", "\0", 101, false, int.MaxValue)]
    public void M3_reads_tag_payload_type_and_hiding(string text, string tag, byte payloadType, bool hide, int instance)
    {
        var digits = new DigitRequest(System.Text.Encoding.Latin1.GetBytes(tag), payloadType, hide);
        Parse(text).ShouldBe(new DigitSubCommand(digits, instance));
    }

    [Theory]
    [InlineData("M3:1"), InlineData("M3:1 t 101 h x"), InlineData("M3:1 t 128"), InlineData("M3:1 t -1"), InlineData("M3:1 t x")]
    [InlineData("M3:1 t 101 x"), InlineData("M3:1 t 101 hx"), InlineData("M3:1 %"), InlineData("M3:1 %4"), InlineData("M3:1 t%zz")]
    public void Arguments_that_the_module_refuses_are_no_error_of_syntax(string text) =>
        Parse(text).ShouldBe(new DigitSubCommand(null));

    [Theory]
    [InlineData("D x"), InlineData("Dx"), InlineData("Dwx")]
    [InlineData("S"), InlineData("S ttl"), InlineData("S ttl="), InlineData("S ttl=0"), InlineData("S ttl=-1")]
    [InlineData("S ttl=x"), InlineData("S ttl=5x"), InlineData("S ttl=+"), InlineData("S TTL=5"), InlineData("S xxx=5")]
    [InlineData("S ttl=5 x"), InlineData("S ttl = 5"), InlineData("Srr ttl=5"), InlineData("S ttl=2147483648")]
    [InlineData("S ttl=18446744073709551617"), InlineData("S tos=0"), InlineData("S tos=256"), InlineData("S tos=-1")]
    [InlineData("S Tos=1"), InlineData("S =1")]
    [InlineData("L 192.0.2.2"), InlineData("L 192.0.2.2 5000 x"), InlineData("Lk 192.0.2.2 5000")]
    [InlineData("L 300.1.1.1 5000")]
    [InlineData("L 192.0.2.2 -1"), InlineData("L6 ::1 5000"), InlineData("Le 192.0.2.2 5000")]
    [InlineData("Lc 192.0.2.2 5000")]
    [InlineData("C src f1"), InlineData("C src f1 t1 x"), InlineData("Cs src f1 t1")]
    [InlineData("M4:1 S"), InlineData("M5:1 S"), InlineData("M1:1"), InlineData("M2:1"), InlineData("M"), InlineData("M0:0")]
    [InlineData("Mx:y"), InlineData("M3 tag"), InlineData("M3: tag"), InlineData("M:1 tag"), InlineData("M3:0 tag")]
    [InlineData("M3:-1 tag"), InlineData("M3:1x tag"), InlineData("M3:1:1 tag"), InlineData("M 3:1 tag")]
    [InlineData("M3:2147483648 tag"), InlineData("M18446744073709551619:1 tag")]
    [InlineData("Q"), InlineData("U"), InlineData("V"), InlineData("&&D"), InlineData("\xff"), InlineData("P c f")]
    public void Whatever_is_wrong_with_a_sub_command_is_E3(string text) =>
        Parsers.Plain.ErrorOf($"{DualLeg} && {text}").ShouldBe(ErrorCode.SubCommand);

    [Theory]
    [InlineData(SingleLeg + " n.sock tag", "L 192.0.2.2 5000")]
    [InlineData(SingleLeg, "L 192.0.2.2 5000")]
    [InlineData(SingleLeg, "C src f1 t1")]
    [InlineData("L c 192.0.2.1 4000 f t", "C src f1 t1")]
    [InlineData("Q c f t", "L 192.0.2.2 5000")]
    public void L_and_C_need_a_U_with_a_to_tag(string main, string subCommand) =>
        Parsers.Plain.ErrorOf($"{main} && {subCommand}").ShouldBe(ErrorCode.SubCommand);

    [Theory]
    [InlineData("L c 192.0.2.1 4000 f"), InlineData("Q c f"), InlineData(SingleLeg), InlineData(DualLeg + " n.sock tag")]
    public void D_S_and_M_follow_U_L_and_Q(string main) =>
        Parsers.Plain.ErrorOf($"{main} && S ttl=5 && M3:1 tag && Dw").ShouldBe(ErrorCode.None);

    [Theory]
    [InlineData("V"), InlineData("VF 1"), InlineData("D c f"), InlineData("P c p 0 f"), InlineData("S c f")]
    [InlineData("R c f")]
    [InlineData("C c n f"), InlineData("N c f"), InlineData("G"), InlineData("I"), InlineData("X")]
    public void Nothing_follows_the_other_commands(string main) =>
        Parsers.Plain.ErrorOf($"{main} && D").ShouldBe(ErrorCode.SubCommand);

    [Fact]
    public void One_bad_sub_command_refuses_the_whole_command() =>
        Parsers.Plain.ErrorOf($"{DualLeg} && S ttl=5 && S ttl=6 && S ttl=0").ShouldBe(ErrorCode.SubCommand);

    [Theory]
    [InlineData(22, ErrorCode.SubCommand), InlineData(23, ErrorCode.Syntax)]
    public void A_sub_command_has_the_same_limit_of_words_as_a_command(int arguments, ErrorCode error) =>
        Parsers.Plain.ErrorOf($"{DualLeg} && S" + string.Concat(Enumerable.Repeat(" x", arguments))).ShouldBe(error);
}
