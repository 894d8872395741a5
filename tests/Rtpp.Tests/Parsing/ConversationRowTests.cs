namespace RtpProxy.Protocols.Rtpp.Tests.Parsing;

/// <summary>
/// Rows of the protocol's conversations (section 11) that the parser alone decides, with the numbers they have there.
/// </summary>
public sealed class ConversationRowTests
{
    [Theory]
    [InlineData(1, "V", -1)]
    [InlineData(2, "v", -1)]
    [InlineData(3, "V 1", 1)]
    [InlineData(4, "Vx", 2)]
    [InlineData(5, "VF 20040107", -1)]
    [InlineData(7, "vf 20191015", -1)]
    [InlineData(10, "VF", 1)]
    [InlineData(11, "VFx 20040107", 2)]
    [InlineData(12, "", 5)]
    [InlineData(13, "  \t ", 5)]
    [InlineData(14, "\tV\t\r", -1)]
    [InlineData(15, "Z a b", 0)]
    [InlineData(16, "V &&", 5)]
    [InlineData(17, "V && D", 3)]
    [InlineData(18, "V\0", 5)]
    [InlineData(20, "gv nsess_created total_duration", -1)]
    [InlineData(21, "G", -1)]
    [InlineData(22, "G bogus", -1)]
    [InlineData(24, "Gx nsess_created", 9)]
    [InlineData(25, "I", -1)]
    [InlineData(26, "Ib", -1)]
    [InlineData(27, "Il", -1)]
    [InlineData(28, "Ix", 18)]
    [InlineData(29, "I x", 1)]
    [InlineData(30, "X", -1)]
    [InlineData(31, "Xx", 2)]
    [InlineData(45, "Qz call1 ft", -1)]
    [InlineData(51, "D call1", 1)]
    [InlineData(52, "Dx call1 ft", 8)]
    [InlineData(53, "U", 1)]
    [InlineData(54, "U c1 127.0.0.1 4000", 1)]
    [InlineData(55, "U c1 127.0.0.1 4000 f t n1 t1 extra", 1)]
    [InlineData(56, "L c1 127.0.0.1 4000 f t extra", 1)]
    [InlineData(57, "Uk c1 127.0.0.1 4000 f", 35)]
    [InlineData(58, "Ue c1 127.0.0.1 4000 f", 11)]
    [InlineData(59, "Ui c1 127.0.0.1 4000 f", 12)]
    [InlineData(60, "Uz0 c1 127.0.0.1 4000 f", 13)]
    [InlineData(61, "Uz1000 c1 127.0.0.1 4000 f", 13)]
    [InlineData(62, "Uc c1 127.0.0.1 4000 f", 14)]
    [InlineData(63, "Uc0c8 c1 127.0.0.1 4000 f", 14)]
    [InlineData(64, "Ul c1 127.0.0.1 4000 f", 15)]
    [InlineData(65, "Ul{} c1 127.0.0.1 4000 f", 15)]
    [InlineData(66, "Ul{nolabel} c1 127.0.0.1 4000 f", 31)]
    [InlineData(67, "Ul1.2.3.4.5 c1 127.0.0.1 4000 f", 31)]
    [InlineData(68, "Ur c1 127.0.0.1 4000 f", 16)]
    [InlineData(69, "Ur[1:2:3:4:5] c1 127.0.0.1 4000 f", 32)]
    [InlineData(70, "U6 c1 ::1 4000 f", 36)]
    [InlineData(71, "U c1 300.1.1.1 4000 f", 37)]
    [InlineData(72, "U c1 host.example 4000 f", 37)]
    [InlineData(73, "U c1 127.0.0.1 -1 f", 37)]
    [InlineData(74, "U c1 127.0.0.1 http9 f", 37)]
    [InlineData(75, "U c1 127.0.0.1 4000 f t sock tag", -1)]
    [InlineData(76, "U c1 127.0.0.1 4000 f t sock %zz", 10)]
    [InlineData(77, "Ul192.0.2.55 c1 127.0.0.1 4000 f", -1)]
    [InlineData(78, "U c1 0 0 f", -1)]
    [InlineData(79, "U c2 ::1 4000 f", -1)]
    [InlineData(147, "Px c prompt 0 f t", 17)]
    [InlineData(150, "Sx c f", 2)]
    [InlineData(153, "P c prompt 0", 1)]
    [InlineData(165, "Rp c f", 6)]
    [InlineData(166, "Rx c f", 7)]
    [InlineData(167, "Cx c name1 f", 7)]
    [InlineData(168, "Nx c f", 7)]
    [InlineData(169, "Nax c f", 6)]
    [InlineData(185, "U a 127.0.0.1 4000 f t && L 127.0.0.1 5000", -1)]
    [InlineData(191, "L b 127.0.0.1 5000 f t && Sr ttl=11", -1)]
    [InlineData(194, "U d 127.0.0.1 4000 f t && S ttl=4 && C nope f t && S ttl=4", -1)]
    [InlineData(196, "U g 127.0.0.1 4000 f && C b f t", 3)]
    [InlineData(197, "U g 127.0.0.1 4000 f && L 127.0.0.1 5000", 3)]
    [InlineData(198, "L b 127.0.0.1 4000 f t && L 127.0.0.1 5000", 3)]
    [InlineData(199, "Q b f && C b f t", 3)]
    [InlineData(200, "U g 127.0.0.1 4000 f && S ttl=0", 3)]
    [InlineData(201, "U g 127.0.0.1 4000 f && S tos=16", -1)]
    [InlineData(202, "U g 127.0.0.1 4000 f && Q", 3)]
    [InlineData(203, "U g 127.0.0.1 4000 f && D", -1)]
    [InlineData(208, "Q a f && M4:1 S", 3)]
    [InlineData(209, "U a 127.0.0.1 4000 f && && D", 5)]
    [InlineData(228, "U a 127.0.0.1 4000 f unix:n.sock tag%201", -1)]
    [InlineData(232, "U a 127.0.0.1 4000 f t unix:n.sock a%2", 10)]
    [InlineData(271, "V\nV\n", 1)]
    [InlineData(272, "ck1 V\n", 1)]
    [InlineData(273, "\n", 5)]
    [InlineData(276, "V\r\n", -1)]
    public void The_parser_answers_as_in_the_recorded_conversations(int row, string request, int error) =>
        ((int)Parsers.Plain.ErrorOf(request)).ShouldBe(error, $"row {row}");

    [Theory]
    [InlineData(96, "Uie a 127.0.0.1 4000 f", -1)]
    [InlineData(102, "Ue d 127.0.0.1 4000 f", -1)]
    [InlineData(104, "Ueee e 127.0.0.1 4000 f", 11)]
    [InlineData(105, "Uiii e 127.0.0.1 4000 f", 12)]
    [InlineData(106, "Unei a 127.0.0.1 4000 f", -1)]
    public void The_parser_of_a_bridging_daemon_answers_as_recorded(int row, string request, int error) =>
        ((int)Parsers.Bridging.ErrorOf(request)).ShouldBe(error, $"row {row}");

    [Theory]
    [InlineData(107, "Uie a 127.0.0.1 4000 f", -1)]
    [InlineData(108, "L6ei a ::1 4002 f t", -1)]
    [InlineData(109, "U6 b ::1 4000 f", -1)]
    [InlineData(110, "U6 c 127.0.0.1 4000 f", 37)]
    public void The_parser_of_a_daemon_that_bridges_families_answers_as_recorded(int row, string request, int error) =>
        ((int)Parsers.Over(StubAddressBook.Bridge("127.0.0.1", "::1")).ErrorOf(request)).ShouldBe(error, $"row {row}");

    [Theory]
    [InlineData(210, "&& S ttl=9", 15, -1)]
    [InlineData(211, "&& S ttl=9", 16, 5)]
    [InlineData(212, "x", 18, 1)]
    [InlineData(213, "x", 19, 5)]
    public void The_limits_of_words_and_sub_commands_are_those_recorded(int row, string item, int times, int error)
    {
        string request = "U a 127.0.0.1 4000 f " + string.Join(' ', Enumerable.Repeat(item, times));
        ((int)Parsers.Plain.ErrorOf(request)).ShouldBe(error, $"row {row}");
    }

    [Fact]
    public void The_longest_line_is_one_unknown_command() => // row 280
        Parsers.Plain.ErrorOf(new string('A', CommandLimits.MaxLength)).ShouldBe(ErrorCode.UnknownCommand);
}
