using System.Net;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Sdp;

/// <summary>Descriptions for tests, and the plainest plan for them: ports 30000 and up at 192.0.2.1.</summary>
internal static class Bodies
{
    public const string Session = "v=0\no=alice 1001 1 IN IP4 198.51.100.5\ns=call\nc=IN IP4 198.51.100.5\nt=0 0\n";

    public const string Audio = Session + "m=audio 4000 RTP/AVP 0 8 101\na=rtpmap:101 telephone-event/8000\n";

    /// <summary>With the line ends of the field in place of LF.</summary>
    public static string Crlf(string lines) => lines.ReplaceLineEndings("\r\n");

    public static SdpFacts Read(string lines)
    {
        SdpFacts.TryRead(Crlf(lines), out SdpFacts? facts, out string error).ShouldBeTrue(error);
        return facts!;
    }

    public static SdpRewriting Plan(SdpFacts facts) => new()
    {
        Address = IPAddress.Parse("192.0.2.1"),
        Ports = [.. facts.Media.Select((media, i) => media.NeedsPorts ? PortsOf(media, i) : (SdpMediaPorts?)null)],
    };

    /// <summary>What is sent on, with LF as line end.</summary>
    public static string Rewrite(string lines, Func<SdpRewriting, SdpRewriting>? change = null)
    {
        SdpFacts facts = Read(lines);
        SdpRewriting plan = Plan(facts);
        string body = SdpRewriter.Rewrite(facts, change is null ? plan : change(plan)).Body;
        body.ReplaceLineEndings("\r\n").ShouldBe(body);
        return body.ReplaceLineEndings("\n");
    }

    /// <summary>What is sent on of an answer to an offer.</summary>
    public static string Answer(string offer, string answer, Func<SdpRewriting, SdpRewriting>? change = null)
    {
        SdpFacts facts = Read(offer);
        SdpRewritten offered = SdpRewriter.Rewrite(facts, Plan(facts));
        return Rewrite(answer, plan => (change ?? (same => same))(plan with { Answers = offered.Offered }));
    }

    private static SdpMediaPorts PortsOf(SdpMediaFacts media, int index) =>
        SdpMediaPorts.ForOffer(30_000 + (2 * index), RtcpMuxOffer.Decide(RtcpMuxOptions.None, media.HasRtcpMux));
}
