using System.Text;
using System.Text.RegularExpressions;
using RtpProxy.Protocols.Ng.Tests.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary>What who publishes and who subscribes is told (docs/ng.md, recording servers).</summary>
public sealed partial class PublishTests
{
    private const string Attributes =
        "\"sdp-attr\":{\"none\":{\"add\":[\"tool:x\"]},"
        + "\"audio\":{\"add\":[\"x-one\"],\"remove\":[\"rtpmap\"],\"substitute\":[[\"recvonly\",\"sendrecv\"]]}},";

    private readonly WholeRelay _relay = new();

    [Fact]
    public void The_version_of_what_a_publisher_is_told_rises_when_it_changes_and_the_session_stays()
    {
        (string session, string version) = OriginOf(Publish(""));
        version.ShouldBe("1");
        _relay.Relay.AdvanceSeconds(1);

        OriginOf(Publish("")).ShouldBe((session, "1"), "nothing has changed");
        OriginOf(Publish("", Bodies.Session + "m=audio 4000 RTP/AVP 8\n")).ShouldBe((session, "2"));
        OriginOf(Publish("", Bodies.Session + "m=audio 4000 RTP/AVP 8\n")).ShouldBe((session, "2"));
        OriginOf(Publish("\"replace\":[\"force-increment-sdp-ver\"],", Bodies.Session + "m=audio 4000 RTP/AVP 8\n")).ShouldBe((session, "3"));
    }

    [Fact]
    public void Sessions_of_different_publishers_are_different() =>
        OriginOf(Publish("", call: "other")).Session.ShouldNotBe(OriginOf(Later(() => Publish(""))).Session);

    [Fact]
    public void Attributes_of_what_a_publisher_is_told_can_be_edited()
    {
        string body = Publish(Attributes);

        body.ShouldContain("a=tool:x\nm=audio ");
        body.ShouldContain("a=x-one\n");
        body.ShouldContain("a=sendrecv\n");
        body.ShouldNotContain("rtpmap");
    }

    [Fact]
    public void So_can_those_of_what_a_subscriber_is_offered()
    {
        Publish("");

        string body = Subscribe(Attributes.Replace("recvonly", "sendonly", StringComparison.Ordinal));

        body.ShouldContain("a=tool:x\nm=audio ");
        body.ShouldContain("a=x-one\n");
        body.ShouldContain("a=sendrecv\n");
        body.ShouldNotContain("rtpmap");
    }

    [Theory]
    [InlineData(64, 255, "SDP too long")]
    [InlineData(65, 1, "Invalid sdp-attr")]
    public void Too_much_is_refused_and_changes_nothing(int count, int length, string error)
    {
        string rules = $"\"sdp-attr\":{{\"audio\":{{\"add\":[{string.Join(',', Enumerable.Repeat($"\"{new string('x', length)}\"", count))}]}}}},";
        string twoLines = Bodies.Audio + "m=audio 4002 RTP/AVP 0\nm=audio 4004 RTP/AVP 0\nm=audio 4006 RTP/AVP 0\n";
        string before = _relay.State;
        Publish(rules, twoLines).ShouldContain(error);
        _relay.State.ShouldBe(before);

        Publish("", twoLines);
        before = _relay.State;
        Subscribe(rules).ShouldContain(error);
        _relay.State.ShouldBe(before);
    }

    private static (string Session, string Version) OriginOf(string body)
    {
        Match origin = Origin().Match(body);
        origin.Success.ShouldBeTrue(body);
        return (origin.Groups[1].Value, origin.Groups[2].Value);
    }

    [GeneratedRegex("o=- ([0-9]+) ([0-9]+) IN")]
    private static partial Regex Origin();

    private T Later<T>(Func<T> work)
    {
        _relay.Relay.AdvanceSeconds(1);
        return work();
    }

    private string Publish(string options, string body = Bodies.Audio, string call = "c") =>
        Ask("publish", $"\"from-tag\":\"a\",{options}\"sdp\":\"{Bodies.Crlf(body).Replace("\r\n", "\\r\\n", StringComparison.Ordinal)}\"", call);

    private string Subscribe(string options) => Ask("subscribe request", $"{options}\"from-tag\":\"a\",\"to-tag\":\"r\"", "c");

    private string Ask(string command, string rest, string call)
    {
        string dictionary = $$"""1 {"command":"{{command}}","call-id":"{{call}}",{{rest}}}""";
        return Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes(dictionary))!).Replace("\\r\\n", "\n", StringComparison.Ordinal);
    }
}
