namespace RtpProxy.Controller.Tests.Differential;

/// <summary>Session descriptions.</summary>
public static class Descriptions
{
    public static string Plain { get; } = Lines(
        "v=0", "o=u 1 1 IN IP4 10.1.1.1", "s=-", "c=IN IP4 10.1.1.1", "t=0 0", "m=audio 5004 RTP/AVP 0 8 101",
        "a=rtpmap:101 telephone-event/8000", "a=sendrecv");

    public static string IPv6 { get; } = Lines(
        "v=0", "o=u 1 1 IN IP6 2001:db8::1", "s=-", "c=IN IP6 2001:db8::1", "t=0 0", "m=audio 5004 RTP/AVP 0 8 101");

    public static string Marked { get; } = Plain + "a=nortpproxy:yes\r\n";

    public static string AudioVideo { get; } = Lines(
        "v=0", "o=u 1 1 IN IP4 10.1.1.1", "s=-", "c=IN IP4 10.1.1.1", "t=0 0",
        "m=audio 5004 RTP/AVP 0 8 101", "a=rtcp:5005 IN IP4 10.1.1.1",
        "m=video 5006 RTP/AVP 96", "c=IN IP4 10.2.2.2", "a=rtpmap:96 H264/90000");

    /// <summary>A description with these lines from <c>c=</c> on; o= is that of 10.1.1.1.</summary>
    public static string With(params string[] lines) =>
        Lines(["v=0", "o=u 1 1 IN IP4 10.1.1.1", "s=-", .. lines]);

    public static string Lines(params string[] lines) => string.Concat(lines.Select(l => l + "\r\n"));
}
