using FsCheck;
using FsCheck.Fluent;

namespace RtpProxy.Sip.Tests;

public sealed class SipMessageTests
{
    [Fact]
    public void A_request_shows_its_parts()
    {
        SipMessage message = Messages.Parse(Messages.Invite);
        message.IsRequest.ShouldBeTrue();
        message.Method.ShouldBe("INVITE");
        message.RequestUri.ShouldBe("sip:bob@biloxi.example.com");
        message.CallId.ShouldBe("a84b4c76e66710@pc33.atlanta.example.com");
        message.FromTag.ShouldBe("1928301774");
        message.ToTag.ShouldBeNull();
        message.TopVia!.Branch.ShouldBe("z9hG4bK776asdhds");
        message.Body.Copy(message.Text).ShouldBe("v=0\r\n");
        MessageCheck.FindFault(message).ShouldBeNull();
    }

    [Fact]
    public void A_response_takes_its_method_from_cseq()
    {
        SipMessage message = Messages.Parse("SIP/2.0 183 Session Progress\r\nCSeq: 7 UPDATE\r\n\r\n");
        message.IsRequest.ShouldBeFalse();
        message.StatusCode.ShouldBe(183);
        message.StartLine.Reason.Copy(message.Text).ShouldBe("Session Progress");
        message.Method.ShouldBe("UPDATE");
    }

    [Theory]
    [InlineData("i: x@y\r\n")]
    [InlineData("I:x@y\r\n")]
    [InlineData("call-id :\tx@y \r\n")]
    [InlineData("CALL-ID:\r\n x@y\r\n")]
    [InlineData("Call-ID: x@y\n")]
    public void A_field_is_known_in_every_form_of_its_name(string line)
    {
        Messages.Parse($"OPTIONS sip:a SIP/2.0\r\n{line}\r\n").CallId.ShouldBe("x@y");
    }

    [Theory]
    [InlineData('v', HeaderKind.Via)]
    [InlineData('f', HeaderKind.From)]
    [InlineData('T', HeaderKind.To)]
    [InlineData('m', HeaderKind.Contact)]
    [InlineData('L', HeaderKind.ContentLength)]
    [InlineData('c', HeaderKind.ContentType)]
    [InlineData('e', HeaderKind.ContentEncoding)]
    [InlineData('k', HeaderKind.Supported)]
    [InlineData('s', HeaderKind.Subject)]
    [InlineData('z', HeaderKind.Other)]
    public void Compact_names_stand_for_long_ones(char letter, HeaderKind kind) =>
        HeaderNames.KindOf([letter]).ShouldBe(kind);

    [Fact]
    public void Folded_values_are_joined_by_one_blank()
    {
        SipMessage message = Messages.Parse("OPTIONS sip:a SIP/2.0\r\nSubject: one\r\n \t two\r\n\tthree\r\n\r\n");
        message.TryFind("subject", out SipHeader header).ShouldBeTrue();
        message.ValueOf(header).ShouldBe("one two three");
        header.Line.Copy(message.Text).ShouldBe("Subject: one\r\n \t two\r\n\tthree\r\n");
    }

    [Fact]
    public void Values_are_counted_over_lines_and_commas()
    {
        SipMessage message = Messages.Parse(
            "ACK sip:a SIP/2.0\r\nRoute: <sip:a,b;lr>, \"x, y\" <sip:c>\r\nTo: <sip:t>\r\nRoute:,<sip:d>,\r\n\r\n");
        message.ValuesOf(HeaderKind.Route).Select(v => v.Copy(message.Text))
            .ShouldBe(["<sip:a,b;lr>", "\"x, y\" <sip:c>", "<sip:d>"]);
        message.AddressesOf(HeaderKind.Route).Select(a => a.Uri).ShouldBe(["sip:a,b;lr", "sip:c", "sip:d"]);
    }

    [Fact]
    public void Empty_lines_before_the_start_line_are_ignored() =>
        Messages.Parse("\r\n\r\n" + Messages.Invite).Method.ShouldBe("INVITE");

    [Theory]
    [InlineData("", 0, "a start line and a line end")]
    [InlineData("INVITE", 6, "a start line and a line end")]
    [InlineData("INV ITE\r\n\r\n", 7, "SIP/2.0 after the Request-URI and one blank")]
    [InlineData("IN(VITE sip:a SIP/2.0\r\n\r\n", 0, "a method")]
    [InlineData("INVITE  sip:a SIP/2.0\r\n\r\n", 7, "a Request-URI after one blank")]
    [InlineData("INVITE sip:a  SIP/2.0\r\n\r\n", 13, "SIP/2.0 after the Request-URI and one blank")]
    [InlineData("INVITE sip:a SIP/2\r\n\r\n", 13, "SIP/2.0 after the Request-URI and one blank")]
    [InlineData("INVITE sip:a HTTP/1.1\r\n\r\n", 13, "SIP/2.0 after the Request-URI and one blank")]
    [InlineData("SIP/2.0 99 Low\r\n\r\n", 8, "a status code of three digits from 100 to 699")]
    [InlineData("SIP/2.0 700 High\r\n\r\n", 8, "a status code of three digits from 100 to 699")]
    [InlineData("SIP/2.0 2000 Long\r\n\r\n", 8, "a status code of three digits from 100 to 699")]
    [InlineData("SIP/2.x 200 OK\r\n\r\n", 0, "SIP/2.0")]
    [InlineData("ACK sip:a SIP/2.0\r\nTo: x\r\n", 26, "an empty line after the header fields")]
    [InlineData("ACK sip:a SIP/2.0\r\nTo: x", 24, "a line end after the header field")]
    [InlineData("ACK sip:a SIP/2.0\r\nTo x\r\n\r\n", 21, "a header name and ':'")]
    [InlineData("ACK sip:a SIP/2.0\r\n To: x\r\n\r\n", 19, "a header name and ':'")]
    [InlineData("ACK sip:a SIP/2.0\r\n: x\r\n\r\n", 19, "a header name and ':'")]
    public void Malformed_frames_are_refused_with_place_and_expectation(string text, int offset, string expected) =>
        Messages.ErrorOf(text).ShouldBe(new ParseError(offset, expected));

    [Fact]
    public void The_body_ends_where_content_length_says()
    {
        SipMessage message = Messages.Parse("ACK sip:a SIP/2.0\r\nl: 3\r\n\r\nabcdef");
        message.Body.Copy(message.Text).ShouldBe("abc");
        message.Rest.Copy(message.Text).ShouldBe("abcdef");
    }

    [Theory]
    [InlineData("")]
    [InlineData("l: 99\r\n")]
    [InlineData("l: -1\r\n")]
    [InlineData("l: 99999999999\r\n")]
    [InlineData("l: x\r\n")]
    public void Without_a_usable_content_length_the_rest_is_the_body(string field)
    {
        SipMessage message = Messages.Parse($"ACK sip:a SIP/2.0\r\n{field}\r\nabc");
        message.Body.Copy(message.Text).ShouldBe("abc");
    }

    [Fact]
    public void All_bytes_survive()
    {
        byte[] bytes = [.. Messages.Bytes("ACK sip:a SIP/2.0\r\nX: "), .. Enumerable.Range(0, 256).Select(i => (byte)i).Where(b => b is not 10 and not 13), .. "\r\n\r\n"u8];
        SipMessage.TryParse(bytes, out SipMessage message, out _).ShouldBeTrue();
        message.ToBytes().ShouldBe(bytes);
    }

    [Fact]
    public void Any_text_is_read_or_refused_but_never_breaks_anything() =>
        Prop.ForAll<string>(text => Exercise.Message(text ?? "")).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_prefix_and_every_flipped_bit_of_a_message_is_read_or_refused()
    {
        byte[] bytes = Messages.Bytes(Messages.Invite);
        for (int length = 0; length <= bytes.Length; length++)
        {
            Exercise.Message(bytes.AsSpan(0, length));
        }

        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] flipped = [.. bytes];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Exercise.Message(flipped);
        }
    }
}
