using System.Text;
using RtpProxy.Protocols.Ng.Tests.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary><c>sdp-attr</c>, <c>sdp-media-remove</c> and <c>bundle</c> of offers and answers (ng protocol).</summary>
public sealed class AttributeTests
{
    private const string Video = "m=video 4002 RTP/AVP 96\na=rtpmap:96 VP8/90000\na=mid:v\na=quality:10\n";

    private readonly WholeRelay _relay = new();

    [Fact]
    public void Lines_are_added_behind_those_of_their_section()
    {
        string body = Offer("\"sdp-attr\":{\"none\":{\"add\":[\"tool:x\"]},\"audio\":{\"add\":[\"maxptime:40\",\"x-one\"]}}");

        body.ShouldContain("t=0 0\na=tool:x\nm=audio ");
        body.ShouldContain("\na=maxptime:40\na=x-one\nm=video ");
    }

    [Fact]
    public void Lines_go_by_their_name_or_by_all_that_they_say()
    {
        string body = Offer("\"sdp-attr\":{\"audio\":{\"remove\":[\"rtpmap:101 telephone-event/8000\",\"rtcp\"]},\"video\":{\"remove\":[\"rtpmap:97\",\"quality\"]}}");

        body.ShouldNotContain("telephone-event");
        body.ShouldNotContain("quality");
        body.ShouldContain("a=rtpmap:96 VP8/90000\n");
        Count(body, "a=rtcp:").ShouldBe(1); // only that of the video
    }

    [Fact]
    public void Lines_say_something_else_also_those_that_are_ours()
    {
        string body = Offer("\"sdp-attr\":{\"audio\":{\"substitute\":[[\"sendrecv\",\"sendonly\"],[\"rtpmap\",\"x:1\"]]},\"global\":{\"substitute\":[[\"sendrecv\",\"inactive\"]]}}");

        Count(body, "a=sendonly\n").ShouldBe(1);
        Count(body, "a=sendrecv\n").ShouldBe(1);
        body.ShouldContain("a=x:1\n");
    }

    [Theory]
    [InlineData("\"rtpp-flags\":\"sdp-attr=[audio=[add=[fmtp:101..0-15;x--1] substitute=[[sendrecv recvonly]]]]\"")]
    [InlineData("\"flags\":[\"sdp-attr-add-audio-fmtp:101..0-15;x--1\",\"sdp_attr_substitute_audio-sendrecv>recvonly\"]")]
    public void Words_say_the_same(string options)
    {
        string body = Offer(options);

        body.ShouldContain("a=fmtp:101 0-15;x=1\n");
        body.ShouldContain("a=recvonly\n");
    }

    [Fact]
    public void An_answer_may_be_manipulated_too()
    {
        Offer("\"flags\":[]");

        Ask("answer", "\"sdp-attr\":{\"audio\":{\"add\":[\"x-two\"]}}").ShouldContain("a=x-two\n");
    }

    [Theory]
    [InlineData("\"audio\":{\"add\":[\"x\\r\\nm=audio 1 RTP/AVP 0\"]}")]
    [InlineData("\"audio\":{\"substitute\":[[\"sendrecv\",\"x\\ny\"]]}")]
    [InlineData("\"audio\":{\"substitute\":[[\"sendrecv\"]]}")]
    [InlineData("\"audio\":{\"substitute\":[\"sendrecv\"]}")]
    [InlineData("\"audio\":{\"add\":[\"\"]}")]
    [InlineData("\"audio\":{\"add\":[\":x\"]}")]
    [InlineData("\"audio\":{\"add\":[[\"x\"]]}")]
    public void What_is_no_line_is_refused_and_changes_nothing(string rules)
    {
        string before = _relay.State;

        Offer($"\"sdp-attr\":{{{rules}}}").ShouldContain("Invalid sdp-attr");

        _relay.State.ShouldBe(before);
    }

    [Fact]
    public void Too_much_is_refused_and_changes_nothing()
    {
        string before = _relay.State;
        string lines = string.Join(',', Enumerable.Repeat("\"x\"", 65));
        Offer($"\"sdp-attr\":{{\"audio\":{{\"add\":[{lines}]}}}}").ShouldContain("Invalid sdp-attr");
        Offer($"\"sdp-attr\":{{\"audio\":{{\"add\":[\"{new string('x', 256)}\"]}}}}").ShouldContain("Invalid sdp-attr");
        lines = string.Join(',', Enumerable.Repeat($"\"{new string('x', 255)}\"", 64));

        Offer($"\"sdp-attr\":{{\"audio\":{{\"add\":[{lines}]}}}}").ShouldContain("SDP too long");

        _relay.State.ShouldBe(before);
    }

    [Fact]
    public void Media_that_is_not_wanted_is_offered_as_refused()
    {
        string body = Offer("\"sdp-media-remove\":[\"video\"],\"sdp-attr\":{\"video\":{\"add\":[\"x\"]}}");

        body.ShouldContain("m=video 0 RTP/AVP 96\na=mid:v\n");
        body.ShouldNotContain("VP8");
        body.ShouldNotContain("a=x");
        _relay.Relay.SessionCount.ShouldBe(1);
        Ask("answer", "\"flags\":[]", Bodies.Audio + "m=video 0 RTP/AVP 96\n").ShouldContain("m=video 0 RTP/AVP 96\n");
        Offer("\"flags\":[\"sdp-media-remove-audio\"]").ShouldContain("m=audio 0 ");
    }

    [Fact]
    public void Nobody_is_told_of_a_bundle_and_who_insists_is_refused()
    {
        string before = _relay.State;
        Offer("\"bundle\":[\"require\"]").ShouldContain("BUNDLE is not supported");
        Offer("\"flags\":[\"BUNDLE-require\"]").ShouldContain("BUNDLE is not supported");
        _relay.State.ShouldBe(before);

        Offer("\"bundle\":[\"accept\",\"offer\",\"strict\"]").ShouldContain("m=video ");
    }

    private static int Count(string body, string line) => body.Split(line).Length - 1;

    private string Offer(string options) => Ask("offer", options);

    private string Ask(string command, string options, string body = Bodies.Audio + Video)
    {
        body = Bodies.Crlf(body).Replace("\r\n", "\\r\\n", StringComparison.Ordinal);
        string dictionary = $$"""1 {"command":"{{command}}","call-id":"c","from-tag":"a","to-tag":"b",{{options}},"sdp":"{{body}}"}""";
        return Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes(dictionary))!).Replace("\\r\\n", "\n", StringComparison.Ordinal);
    }
}
