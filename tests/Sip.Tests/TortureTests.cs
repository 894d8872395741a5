namespace RtpProxy.Sip.Tests;

/// <summary>
/// The test messages of RFC 4475 (and section numbers there): what is sound passes, what is not is refused with the
/// right code.
/// </summary>
public sealed class TortureTests
{
    [Theory]
    [InlineData("wsinv")] // 3.1.1.1
    [InlineData("intmeth")]
    [InlineData("esc01")]
    [InlineData("escnull")]
    [InlineData("esc02")]
    [InlineData("lwsdisp")]
    [InlineData("longreq")]
    [InlineData("dblreq")]
    [InlineData("semiuri")]
    [InlineData("transports")]
    [InlineData("mpart01")]
    [InlineData("unreason")]
    [InlineData("noreason")] // 3.1.1.13
    [InlineData("escruri")] // 3.1.2.11: the Request-URI's headers are for the one that serves it to judge
    [InlineData("baddate")] // 3.1.2.12: nothing that a proxy reads
    [InlineData("regbadct")]
    [InlineData("badaspec")] // 3.1.2.14: blanks in angle brackets may be tolerated
    [InlineData("baddn")] // 3.1.2.15: so may a display name without quotes
    [InlineData("badbranch")] // 3.2.1
    [InlineData("unkscm")]
    [InlineData("novelsc")]
    [InlineData("unksm2")]
    [InlineData("bext01")]
    [InlineData("invut")]
    [InlineData("regaut01")]
    [InlineData("bcast")]
    [InlineData("zeromf")]
    [InlineData("cparam01")]
    [InlineData("cparam02")]
    [InlineData("regescrt")]
    [InlineData("sdp01")]
    [InlineData("inv2543")] // 3.4.1
    public void Sound_messages_pass(string name) => MessageCheck.FindFault(Read(name)).ShouldBeNull();

    [Theory]
    [InlineData("badinv01", 400, "Via")] // 3.1.2.1
    [InlineData("clerr", 400, "Content-Length")]
    [InlineData("ncl", 400, "Content-Length")]
    [InlineData("scalar02", 400, "CSeq")]
    [InlineData("scalarlg", 400, "CSeq")]
    [InlineData("quotbal", 400, "To")]
    [InlineData("ltgtruri", 400, "Request-URI")]
    [InlineData("badvers", 505, "Version")]
    [InlineData("mismatch01", 400, "CSeq")]
    [InlineData("mismatch02", 400, "CSeq")]
    [InlineData("insuf", 400, "From")] // 3.3.1
    [InlineData("multi01", 400, "From")]
    [InlineData("mcl01", 400, "Content-Length")]
    public void Faulty_messages_are_refused(string name, int status, string subject)
    {
        MessageFault fault = MessageCheck.FindFault(Read(name)).ShouldNotBeNull();
        (fault.StatusCode, fault.Subject).ShouldBe((status, subject));
    }

    [Theory]
    [InlineData("lwsruri")] // 3.1.2.8
    [InlineData("lwsstart")]
    [InlineData("trws")]
    [InlineData("bigcode")] // 3.1.2.19
    public void Malformed_start_lines_are_no_messages(string name) =>
        SipMessage.TryParse(Bytes(name), out _, out _).ShouldBeFalse();

    [Fact]
    public void The_tortuous_invite_says_what_it_says()
    {
        SipMessage message = Read("wsinv");
        message.FromTag.ShouldBe("98asjd8");
        message.ToTag.ShouldBe("1918181833n");
        message.CSeq!.Value.Number.ShouldBe(9u);
        message.FindVia(0)!.SentBy.Host.ShouldBe("192.0.2.2");
        message.FindVia(1)!.Branch.ShouldBe("z9hG4bK9ikj8");
        message.FindVia(2)!.Branch.ShouldBe("z9hG4bK30239");
        message.FindVia(3).ShouldBeNull();
        message.AddressesOf(HeaderKind.Contact).Single().Parameters.ValueOf("q").ShouldBe("0.33");
        message.Body.Length.ShouldBe(message.DeclaredLength!.Value);
    }

    [Fact]
    public void A_second_message_in_a_datagram_is_not_looked_at()
    {
        SipMessage message = Read("dblreq");
        message.Method.ShouldBe("REGISTER");
        new SipMessageEditor(message).Build().ShouldNotContain("INVITE");
    }

    private static SipMessage Read(string name)
    {
        SipMessage.TryParse(Bytes(name), out SipMessage message, out ParseError error).ShouldBeTrue(error.ToString());
        return message;
    }

    private static byte[] Bytes(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus", "SipMessage", name));
}
