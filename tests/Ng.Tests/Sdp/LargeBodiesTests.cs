using System.Text;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Protocols.Ng.Tests.Sdp.Fuzz;

namespace RtpProxy.Protocols.Ng.Tests.Sdp;

/// <summary>What a peer can make large costs what its length says, and no more is kept of it than that.</summary>
public sealed class LargeBodiesTests
{
    [Fact]
    public void Two_hundred_media_lines_are_refused()
    {
        string body = Bodies.Session + string.Concat(Enumerable.Repeat("m=audio 4000 RTP/AVP 0\n", 200));
        SdpFacts.TryRead(body, out _, out string error).ShouldBeFalse();
        error.ShouldBe("Failed to parse SDP");
    }

    [Theory]
    [InlineData("a=sendrecv\n")]
    [InlineData("a=rtpmap:101 x/1\n")]
    [InlineData("a=rtpmap:102 x/1\n")]
    [InlineData("a=candidate:1\n")]
    [InlineData("a=ptime:20\n")]
    [InlineData("a=mid:x\n")]
    [InlineData("a=rtcp:1\n")]
    [InlineData("a=\n")]
    [InlineData("i=\n")]
    [InlineData("\n")]
    [InlineData("x")]
    public void A_body_of_one_line_repeated_is_sent_on(string line)
    {
        int count = (SdpFacts.MaxLength - Bodies.Audio.Length - 4) / line.Length;
        string repeated = line == "x" ? "a=" + new string('x', count - 2) : string.Concat(Enumerable.Repeat(line, count));
        SdpTarget.Fuzz(Encoding.Latin1.GetBytes(Bodies.Audio + repeated));
        SdpTarget.Fuzz(Encoding.Latin1.GetBytes(Bodies.Audio.Replace("m=audio", repeated + "\nm=audio", StringComparison.Ordinal)));
    }

    [Fact]
    public void Little_is_remembered_of_the_longest_offer()
    {
        string lines = string.Concat(Enumerable.Range(0, SdpFacts.MaxMedia).Select(_ =>
            $"m=audio 4000 RTP/AVP {string.Join(' ', Enumerable.Range(0, 128))}\na=rtpmap:96 {new string('n', SdpFacts.MaxName)}/8000\n"));
        SdpFacts facts = Bodies.Read(Bodies.Session + lines + "a=" + new string('x', 10_000));
        SdpRewritten rewritten = SdpRewriter.Rewrite(facts, Bodies.Plan(facts) with { Codecs = CodecRules.None with { Strip = ["all"], Except = ["PCMU"] } });
        rewritten.Offered.Sum(media => media.Type.Length + media.Protocol.Length + media.Formats.Length + media.Stripped.Sum(codec => codec.Name.Length))
            .ShouldBeLessThan(SdpFacts.MaxMedia * 1_000);
    }
}
