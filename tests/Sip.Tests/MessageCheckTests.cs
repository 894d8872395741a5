namespace RtpProxy.Sip.Tests;

public sealed class MessageCheckTests
{
    [Theory]
    [InlineData("SIP/2.0\r\nVia", "SIP/3.0\r\nVia", 505, "Version")]
    [InlineData("sip:bob@biloxi.example.com SIP", "bob SIP", 400, "Request-URI")]
    [InlineData("sip:bob@biloxi.example.com SIP", "<sip:bob@biloxi.example.com> SIP", 400, "Request-URI")]
    [InlineData("Via: ", "X-Via: ", 400, "Via")]
    [InlineData("Via: SIP/2.0/UDP", "Via: SIP/2.0/UDP h, SIP", 400, "Via")]
    [InlineData("Via: ", "Via: , ", 400, "Via")]
    [InlineData(";rport", ";;rport", 400, "Via")]
    [InlineData("To: Bob <sip:bob@biloxi.example.com>", "To: ", 400, "To")]
    [InlineData("To: Bob", "To: \"Bob", 400, "To")]
    [InlineData("From: Alice <", "From: Alice ", 400, "From")]
    [InlineData("Call-ID: ", "Subject: ", 400, "Call-ID")]
    [InlineData("Call-ID: ", "i: other\r\nCall-ID: ", 400, "Call-ID")]
    [InlineData("314159 INVITE", "314159", 400, "CSeq")]
    [InlineData("314159 INVITE", "314159 ACK", 400, "CSeq")]
    [InlineData("314159 INVITE", "314159 invite", 400, "CSeq")]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 256", 400, "Max-Forwards")]
    [InlineData("Max-Forwards: 70", "Max-Forwards: ", 400, "Max-Forwards")]
    [InlineData("Content-Length: 5", "Content-Length: 6", 400, "Content-Length")]
    [InlineData("Content-Length: 5", "Content-Length: five", 400, "Content-Length")]
    [InlineData("Content-Length: 5", "Content-Length: 5\r\nl: 5", 400, "Content-Length")]
    public void Faults_are_found_and_named(string sound, string faulty, int status, string subject)
    {
        Messages.Invite.ShouldContain(sound);
        SipMessage message = Messages.Parse(Messages.Invite.Replace(sound, faulty, StringComparison.Ordinal));
        MessageFault fault = MessageCheck.FindFault(message).ShouldNotBeNull();
        fault.StatusCode.ShouldBe(status);
        fault.Subject.ShouldBe(subject);
    }

    [Fact]
    public void Responses_need_no_max_forwards_and_no_request_uri()
    {
        string text = Messages.Invite.Replace("INVITE sip:bob@biloxi.example.com SIP/2.0", "SIP/2.0 200 ", StringComparison.Ordinal)
            .Replace("Max-Forwards: 70\r\n", "", StringComparison.Ordinal);
        MessageCheck.FindFault(Messages.Parse(text)).ShouldBeNull();
    }
}
