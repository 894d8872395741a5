using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.SubCommands;

namespace RtpProxy.Protocols.Rtpp.Tests.Parsing;

public sealed class CommandParserTests
{
    [Fact]
    public void V_has_no_capability() => Parsers.Plain.Parse<VersionCommand>("V").Capability.ShouldBeNull();

    [Fact]
    public void VF_keeps_the_date_as_it_was_written() =>
        Parsers.Plain.Parse<VersionCommand>("vF 020040107").Capability.ShouldBe("020040107");

    [Theory]
    [InlineData("U c 192.0.2.1 4000 f", null, null, null)]
    [InlineData("U c 192.0.2.1 4000 f t", "t", null, null)]
    [InlineData("U c 192.0.2.1 4000 f n.sock tag", null, "n.sock", "tag")]
    [InlineData("U c 192.0.2.1 4000 f t n.sock tag", "t", "n.sock", "tag")]
    public void The_number_of_words_of_U_tells_to_tag_and_notify_pair_apart(
        string line,
        string? toTag,
        string? socket,
        string? tag)
    {
        var command = Parsers.Plain.Parse<UpdateCommand>(line);
        command.CallId.ShouldBe("c");
        command.FromTag.ShouldBe("f");
        command.ToTag.ShouldBe(toTag);
        command.Notify?.Socket.ShouldBe(socket);
        (command.Notify is null ? null : System.Text.Encoding.Latin1.GetString(command.Notify.Tag)).ShouldBe(tag);
    }

    [Fact]
    public void The_notify_tag_is_decoded_and_the_socket_is_not()
    {
        NotifyTarget notify = Parsers.Plain.Parse<UpdateCommand>("U c 192.0.2.1 4000 f un%20ix+ r+%00%0A%c3").Notify!;
        notify.Socket.ShouldBe("un%20ix+");
        notify.Tag.ShouldBe([(byte)'r', (byte)' ', 0, (byte)'\n', 0xC3]);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("a%2")]
    [InlineData("%zz")]
    [InlineData("%2g1")]
    [InlineData("%+1")]
    public void A_bad_escape_in_the_notify_tag_is_E10_even_with_everything_else_wrong(string tag) =>
        Parsers.Plain.ErrorOf($"Uk c 300.1.1.1 -1 f s {tag}").ShouldBe(ErrorCode.NotifyTagEscape);

    [Fact]
    public void L_has_no_notify_pair() =>
        Parsers.Plain.ErrorOf("L c 192.0.2.1 4000 f sock tag").ShouldBe(ErrorCode.ArgumentCount);

    [Theory]
    [InlineData("D c f", null, false)]
    [InlineData("d c f t", "t", false)]
    [InlineData("Dw c f", null, true)]
    [InlineData("DWw c f t", "t", true)]
    public void D_takes_a_to_tag_and_w(string line, string? toTag, bool weak) =>
        Parsers.Plain.Parse<DeleteCommand>(line).ShouldBe(new DeleteCommand("c", "f", toTag, weak) { SubCommands = [] });

    [Theory]
    [InlineData("P c p 0 f", 1)]
    [InlineData("P20 c p 0 f", 20)]
    [InlineData("P+3 c p 0 f", 3)]
    [InlineData("P-1 c p 0 f", -1)]
    [InlineData("P0 c p 0 f", 0)]
    [InlineData("P99999999999999999999 c p 0 f", int.MaxValue)]
    [InlineData("P-99999999999999999999 c p 0 f", int.MinValue)]
    public void P_counts_in_decimal(string line, int count) =>
        Parsers.Plain.Parse<PlayCommand>(line).Count.ShouldBe(count);

    [Theory]
    [InlineData("Px c p 0 f")]
    [InlineData("P- c p 0 f")]
    [InlineData("P+ c p 0 f")]
    [InlineData("P1x c p 0 f")]
    [InlineData("P0x1 c p 0 f")]
    [InlineData("P1.5 c p 0 f")]
    [InlineData("P+-1 c p 0 f")]
    public void A_count_of_P_that_is_no_number_is_E17(string line) =>
        Parsers.Plain.ErrorOf(line).ShouldBe(ErrorCode.PlayCount);

    [Fact]
    public void P_keeps_prompt_and_codecs_as_they_were_written() =>
        Parsers.Plain.Parse<PlayCommand>("P-1 c /a/b.x 18,0 f;1 t;1").ShouldBe(
            new PlayCommand("c", "/a/b.x", "18,0", "f;1", "t;1", -1) { SubCommands = [] });

    [Theory]
    [InlineData("Cs c name f", true, false)]
    [InlineData("CP c name f", false, true)]
    [InlineData("Cpsp c name f", true, true)]
    public void C_takes_s_and_p(string line, bool singleFile, bool reportPort)
    {
        var command = Parsers.Plain.Parse<CopyCommand>(line);
        command.SingleFile.ShouldBe(singleFile);
        command.ReportPort.ShouldBe(reportPort);
        command.Target.ShouldBe("name");
    }

    [Theory]
    [InlineData("Rp c f", ErrorCode.RecordModifierPlacement)]
    [InlineData("Rsp c f", ErrorCode.RecordModifierPlacement)]
    [InlineData("Rxp c f", ErrorCode.RecordModifier)]
    [InlineData("Rpx c f", ErrorCode.RecordModifierPlacement)]
    [InlineData("RNone c f", ErrorCode.RecordModifier)]
    [InlineData("Naa c f", ErrorCode.RecordModifierPlacement)]
    [InlineData("Nxa c f", ErrorCode.RecordModifier)]
    public void Modifiers_of_R_and_N_are_judged_from_left_to_right(string line, ErrorCode error) =>
        Parsers.Plain.ErrorOf(line).ShouldBe(error);

    [Fact]
    public void R_and_N_carry_their_modifier()
    {
        Parsers.Plain.Parse<RecordCommand>("RsS c f t").ShouldBe(
            new RecordCommand("c", "f", "t", SingleFile: true) { SubCommands = [] });
        Parsers.Plain.Parse<NoRecordCommand>("NA c f").ShouldBe(
            new NoRecordCommand("c", "f", BothParties: true) { SubCommands = [] });
    }

    [Fact]
    public void Q_hands_its_modifiers_and_names_on_unjudged()
    {
        var command = Parsers.Plain.Parse<QueryCommand>("Qzv c f t ttl bogus");
        command.Modifiers.ShouldBe("zv");
        command.Names.ShouldBe(["ttl", "bogus"]);
    }

    [Theory]
    [InlineData(11, ErrorCode.None)]
    [InlineData(12, ErrorCode.ArgumentCount)]
    [InlineData(19, ErrorCode.ArgumentCount)]
    [InlineData(20, ErrorCode.Syntax)]
    public void Q_asks_for_at_most_11_names(int names, ErrorCode error) =>
        Parsers.Plain.ErrorOf("Q c f t" + string.Concat(Enumerable.Repeat(" ttl", names))).ShouldBe(error);

    [Theory]
    [InlineData(22, ErrorCode.None)]
    [InlineData(23, ErrorCode.Syntax)]
    public void G_asks_for_at_most_22_names(int names, ErrorCode error) =>
        Parsers.Plain.ErrorOf("G" + string.Concat(Enumerable.Repeat(" pps_in", names))).ShouldBe(error);

    [Fact]
    public void I_takes_b_and_l_in_any_order() =>
        Parsers.Plain.Parse<InfoCommand>("iLBl").ShouldBe(new InfoCommand(Brief: true, Load: true) { SubCommands = [] });

    [Fact]
    public void A_token_keeps_every_byte()
    {
        string call = new([.. Enumerable.Range(1, 255).Where(b => b is not (' ' or '\t' or '\n' or '\r')).Select(b => (char)b)]);
        Parsers.Plain.Parse<DeleteCommand>($"D {call} f").CallId.ShouldBe(call);
    }

    [Fact]
    public void Two_ampersands_inside_a_word_are_ordinary() =>
        Parsers.Plain.Parse<DeleteCommand>("D &&D f&& &&&").ShouldBe(
            new DeleteCommand("&&D", "f&&", "&&&") { SubCommands = [] });

    [Theory]
    [InlineData("&&")]
    [InlineData("&& D")]
    [InlineData("V\0 V")]
    [InlineData("V \0")]
    [InlineData("\0")]
    [InlineData("Z\0")]
    [InlineData("Z x && ")]
    [InlineData("U && && x")]
    public void Step_1_of_the_checks_wins_over_all_others(string line) =>
        Parsers.Plain.ErrorOf(line).ShouldBe(ErrorCode.Syntax);

    [Theory]
    [InlineData("Vx 1", ErrorCode.ArgumentCount)] // 3 before 4
    [InlineData("VFx && D", ErrorCode.ArgumentCount)]
    [InlineData("Xx && D", ErrorCode.UnexpectedModifier)] // 4 before 5
    [InlineData("Dx c f && D", ErrorCode.SubCommand)] // 5 before 6
    [InlineData("Gx && D", ErrorCode.SubCommand)]
    [InlineData("Uk c 192.0.2.1 4000 f && Z", ErrorCode.Modifier)] // 6 before 7
    [InlineData("Qz c f && Z", ErrorCode.SubCommand)] // 7 before 9
    [InlineData("Uk6 c 300.1.1.1 4000 f", ErrorCode.Modifier)] // within 6: modifiers, family, address
    [InlineData("U6 c 300.1.1.1 -1 f", ErrorCode.AddressFamily)]
    [InlineData("Uz0k c 192.0.2.1 4000 f", ErrorCode.Ptime)]
    [InlineData("Ukz0 c 192.0.2.1 4000 f", ErrorCode.Modifier)]
    [InlineData("Ul1.2.3.4.5z0 c 192.0.2.1 4000 f", ErrorCode.LocalAddress)]
    public void Errors_come_in_the_order_of_the_checks(string line, ErrorCode error) =>
        Parsers.Plain.ErrorOf(line).ShouldBe(error);

    [Fact]
    public void Sub_commands_keep_their_order() =>
        Parsers.Plain.Parse<UpdateCommand>("U c 192.0.2.1 4000 f t && S ttl=4 && C d x y && D").SubCommands.ShouldBe(
            [new SetTtlSubCommand(4), new ForkSubCommand("d", "x", "y"), new DeleteSubCommand()]);
}
