using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront;

namespace RtpProxy.Protocols.Rtpp.Tests;

/// <summary>Which lines are commands, before anything is carried out.</summary>
public sealed class CommandFormsTests
{
    [Theory]
    [InlineData("V")]
    [InlineData("VF 20040107")]
    [InlineData("U call 192.0.2.1 4000 from")]
    [InlineData("Uac0,8,101z20 call 192.0.2.1 4000 from")]
    [InlineData("U6ie call ::1 4000 from")]
    [InlineData("Ul{lan-2}z30 call 192.0.2.1 4000 from")]
    [InlineData("U too few")]
    [InlineData("L call 192.0.2.1 notaport from to")]
    [InlineData("P-1 call prompt session from")]
    [InlineData("P call")]
    [InlineData("Dw call from")]
    [InlineData("Rsp call from")]
    [InlineData("Gv nsess_created")]
    [InlineData("Ib")]
    [InlineData("Q\tcall from \r")]
    [InlineData("X with arguments")]
    [InlineData("d a/b HTTP-1.1")]
    [InlineData("ck1 V")]
    [InlineData("5412_17 U call 192.0.2.1 4000 from")]
    public void A_command_word_makes_a_command_even_with_wrong_arguments(string line) =>
        CommandForms.Of(Encoding.Latin1.GetBytes(line)).ShouldBe(CommandForm.Command);

    [Theory]
    [InlineData("POST")]
    [InlineData("GET /")]
    [InlineData("PUT /")]
    [InlineData("HEAD /")]
    [InlineData("NICK me")]
    [InlineData("USER a b 4000 c")]
    [InlineData("QUIT")]
    [InlineData("INVITE")]
    [InlineData("Xaver")]
    [InlineData("X-Header: value")]
    [InlineData("Lorem ipsum")]
    [InlineData("set X 0 0 2")]
    [InlineData("*1")]
    [InlineData("5412_17 Hello")]
    [InlineData("{\"a\":1}")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001")]
    [InlineData("V\0")]
    [InlineData("Z")]
    public void Other_words_make_none(string line) =>
        CommandForms.Of(Encoding.Latin1.GetBytes(line)).ShouldBe(CommandForm.NoCommand);

    [Theory]
    [InlineData("POST / HTTP/1.1")]
    [InlineData("POST / HTTP/1.1\r")]
    [InlineData("X / HTTP/1.1")]
    [InlineData("D /call HTTP/1.0")]
    [InlineData("U sip:bob@192.0.2.1 4000 from SIP/2.0")]
    [InlineData("DESCRIBE rtsp://a RTSP/1.0")]
    [InlineData("PRI * HTTP/2.0")]
    public void A_line_that_ends_in_a_protocol_version_belongs_to_another_protocol(string line) =>
        CommandForms.Of(Encoding.Latin1.GetBytes(line)).ShouldBe(CommandForm.OtherProtocol);

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r")]
    public void A_line_of_separators_is_empty(string line) =>
        CommandForms.Of(Encoding.Latin1.GetBytes(line)).ShouldBe(CommandForm.Empty);

    [Fact]
    public void What_is_no_command_is_answered_with_an_error() =>
        Prop.ForAll<byte[]>(line => IsAnsweredAsItLooks(Array.FindAll(line, b => b != '\n'))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_query_with_modifiers_of_its_own_is_no_command_and_is_refused_once_its_session_is_known() =>
        IsAnsweredAsItLooks("q\x01 \x01\t\x01"u8).ShouldBeTrue();

    private static bool IsAnsweredAsItLooks(ReadOnlySpan<byte> line)
    {
        bool isRefused = CommandForms.Of(line) is CommandForm.NoCommand or CommandForm.Empty;
        return !isRefused
            || Parsers.Plain.TryParse(line, out Command? command) != ErrorCode.None
            || command is QueryCommand { Modifiers.Length: > 0 }; // E50 or E19 (control protocol, section 2.4, step 9)
    }
}
