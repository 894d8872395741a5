using System.Text;
using RtpProxy.Protocols.Ng.Tests.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary>Who the parties of a call are, as commands name them and <c>query</c> tells (ng protocol).</summary>
public sealed class PartyTests
{
    private const string NothingDeleted = "didn't match";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_label_and_metadata_belong_to_the_party_that_speaks(bool restarts)
    {
        var relay = new WholeRelay(restarts);
        Offer(relay, ""","label":"caller","metadata":"k:v" """);
        Query(relay).ShouldContain("\"label\":\"caller\",\"metadata\":\"k:v\"");

        Answer(relay, "b", ""","label":"callee","metadata":"k:w" """);

        string told = Query(relay);
        told.ShouldContain("\"label\":\"caller\",\"created\"");
        told.ShouldContain("\"label\":\"callee\",\"metadata\":\"k:w\"");
        Ask(relay, """{"command":"block media","call-id":"c","label":"callee"}""").ShouldContain("\"result\":\"ok\"");
    }

    [Theory]
    [InlineData("a", "b", true)]
    [InlineData("x", "b", true)] // the one that is looked for
    [InlineData("a", "x", false)]
    public void Of_two_tags_the_to_tag_names_whose_call_is_deleted(string from, string to, bool isMeant)
    {
        var relay = new WholeRelay();
        Offer(relay);
        Answer(relay, "b");

        string reply = Ask(relay, $$"""{"command":"delete","call-id":"c","from-tag":"{{from}}","to-tag":"{{to}}"}""");

        reply.Contains(NothingDeleted, StringComparison.Ordinal).ShouldBe(!isMeant);
        relay.Relay.SessionCount.ShouldBe(isMeant ? 0 : 1);
    }

    [Fact]
    public void Who_gives_up_before_an_answer_names_himself_whatever_the_to_tag_is()
    {
        var relay = new WholeRelay();
        Offer(relay);

        Ask(relay, """{"command":"delete","call-id":"c","from-tag":"a","to-tag":"x"}""").ShouldNotContain(NothingDeleted);

        relay.Relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void The_caller_of_a_fork_has_media_with_who_answered_last_only()
    {
        var relay = new WholeRelay();
        Offer(relay, ""","via-branch":"one" """);
        Offer(relay, ""","via-branch":"two" """);
        Answer(relay, "b", ""","via-branch":"one" """);
        Answer(relay, "c", ""","via-branch":"two" """);
        Query(relay).ShouldContain("\"subscriptions\":[{\"tag\":\"c\",\"type\":\"offer/answer\"}],\"subscribers\":[{\"tag\":\"c\"");
        Query(relay).ShouldContain("\"subscriptions\":[],\"subscribers\":[]", customMessage: "b is not connected");

        Answer(relay, "b", ""","via-branch":"one" """);

        Query(relay).ShouldContain("\"subscriptions\":[{\"tag\":\"b\",\"type\":\"offer/answer\"}],\"subscribers\":[{\"tag\":\"b\"");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_branch_answers_again_is_an_answer_to_what_it_was_offered(bool restarts)
    {
        var relay = new WholeRelay(restarts);
        Offer(relay, ""","via-branch":"one","rtcp-mux":["reject"],"codec":{"strip":["PCMU"]},"ptime-reverse":40""");
        Offer(relay, ""","via-branch":"two" """);
        string first = Answer(relay, "c", ""","via-branch":"two" """);
        string other = Answer(relay, "b", ""","via-branch":"one" """);

        other.ShouldContain("RTP/AVP 8\\r\\n");
        other.ShouldNotContain("a=rtcp-mux");
        Answer(relay, "c", ""","via-branch":"two" """).ShouldBe(first);
        Answer(relay, "b", ""","via-branch":"one" """).ShouldBe(other);
    }

    private static void Offer(WholeRelay relay, string more = "") => Speak(relay, "offer", null, more);

    private static string Answer(WholeRelay relay, string to, string more = "") => Speak(relay, "answer", to, more);

    private static string Speak(WholeRelay relay, string command, string? to, string more)
    {
        string sdp = (Bodies.Session + "m=audio 4000 RTP/AVP 0 8\na=rtcp-mux\n").ReplaceLineEndings("\\r\\n");
        string tag = to is null ? "" : $$""","to-tag":"{{to}}" """;
        string reply = Ask(relay, $$"""{"command":"{{command}}","call-id":"c","from-tag":"a","sdp":"{{sdp}}"{{tag}}{{more}}}""");
        reply.ShouldContain("\"result\":\"ok\"");
        return reply;
    }

    private static string Query(WholeRelay relay) => Ask(relay, """{"command":"query","call-id":"c"}""");

    private static string Ask(WholeRelay relay, string request) =>
        Encoding.Latin1.GetString(relay.Answer(Encoding.Latin1.GetBytes("1 " + request)).ShouldNotBeNull());
}
