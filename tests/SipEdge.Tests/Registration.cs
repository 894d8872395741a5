namespace RtpProxy.SipEdge.Tests;

/// <summary>Writes REGISTER requests.</summary>
internal static class Registration
{
    public static string Request(SipPeer phone, string user, string? contact, string extra = "", int cseq = 1, string domain = "example.com") =>
        $"REGISTER sip:{domain} SIP/2.0\r\nVia: SIP/2.0/UDP {phone.HostPort};rport;branch=z9hG4bK-{user}-{cseq}\r\nMax-Forwards: 70\r\n"
        + $"From: <sip:{user}@{domain}>;tag=r\r\nTo: <sip:{user}@{domain}>\r\nCall-ID: reg-{user}-{phone.Local.Port}\r\nCSeq: {cseq} REGISTER\r\n"
        + (contact is null ? "" : $"Contact: {contact}\r\n") + extra + "Content-Length: 0\r\n\r\n";

    public static string Contact(SipPeer phone, string user) => $"<sip:{user}@{phone.HostPort}>";
}
