using System.Text;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Sdp.Fuzz;

/// <summary>
/// Any bytes as a description: facts or an error, never an exception. What is sent on is a description again, which the same
/// relay would send on unchanged, and no line but those that a rule names differs from what came.
/// </summary>
public static class SdpTarget
{
    private static readonly string[] Ruled =
    [
        "sendrecv", "sendonly", "recvonly", "inactive", "rtcp", "rtcp-mux", "ptime", "mid", "rtpmap", "fmtp", "rtcp-fb", "crypto", "setup",
        "fingerprint", "tls-id", "connection", "candidate", "remote-candidates", "end-of-candidates", "group", "bundle-only",
    ];

    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        if (!SdpFacts.TryRead(Encoding.Latin1.GetString(data), out SdpFacts? facts, out string error))
        {
            error.ShouldBeOneOf(SdpErrors.Unreadable, SdpErrors.Incomplete, SdpErrors.NothingToRewrite);
            return;
        }

        error.ShouldBeEmpty();
        SdpRefusals.OfOffer(facts, SdpProfile.Avp);
        SdpRewritten offered = SdpRewriter.Rewrite(facts, Bodies.Plan(facts));
        if (facts.Media.All(media => media.Port != 0))
        {
            LinesOfNoRule(offered.Body).ShouldBe(LinesOfNoRule(facts.Text));
        }

        if (offered.Body.Length < SdpFacts.MaxLength && facts.Media.All(media => media.Line.Line.Length < SdpFacts.MaxMediaLine - 5))
        {
            SdpFacts.TryRead(offered.Body, out SdpFacts? again, out error).ShouldBeTrue(error);
            again!.Media.Length.ShouldBe(facts.Media.Length);
            if (!facts.Text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\r'))
            {
                SdpRewriter.Rewrite(again, Bodies.Plan(again)).Body.ShouldBe(offered.Body); // else: may end in one line end more
            }
        }

        SdpRefusals.OfAnswer(facts, offered.Offered);
        SdpRewriter.Rewrite(facts, Bodies.Plan(facts) with
        {
            Answers = [offered.Offered[^1], .. offered.Offered[1..], offered.Offered[0]],
            ReplacesOrigin = true,
            StripsExtmap = true,
            Codecs = new CodecRules(["all"], ["PCMU"], ["PCMA"], IsSingle: true),
            LoopMark = "1234abcd",
        });
    }

    private static IEnumerable<string> LinesOfNoRule(string body) =>
        body.Split('\n', '\r').Where(line => line.Length > 0 && line[0] is not ('m' or 'c' or 'o') && !IsRuled(line));

    private static bool IsRuled(string line) =>
        line[0] == 'a' && (Ruled.Contains(line[2..].Split(':')[0].Trim()) || line.StartsWith("a=ice-", StringComparison.Ordinal));
}
