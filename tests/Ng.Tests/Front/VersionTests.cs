using System.Text;
using System.Text.RegularExpressions;
using RtpProxy.Protocols.Ng.Tests.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary>The version in <c>o=</c>, as each party is told it (ng protocol).</summary>
public sealed partial class VersionTests
{
    private const string Asked = "\"replace\":[\"SDP-version\"]";
    private const string Always = "\"replace\":[\"force-increment-sdp-ver\"]";
    private const string No = "\"replace\":[]";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_rises_when_a_change_is_ours_and_only_then(bool restarts)
    {
        var call = new Signalled(restarts);

        call.Offer("1", Asked).ShouldBe("1");
        call.Answer("5", Asked).ShouldBe("5");
        call.Offer("1", Asked).ShouldBe("1");
        call.Offer("1", Asked + ",\"ptime\":30").ShouldBe("2");
        call.Offer("1", Asked + ",\"ptime\":30").ShouldBe("2");
        call.Answer("5", Asked + ",\"flags\":[\"no-rtcp-attribute\"]").ShouldBe("6");
        call.Answer("5", Asked + ",\"flags\":[\"no-rtcp-attribute\"]").ShouldBe("6");
        call.Offer("1", Asked).ShouldBe("3");
    }

    [Fact]
    public void The_peers_own_is_told_where_it_is_higher()
    {
        var call = new Signalled();
        call.Offer("1", Asked);
        call.Answer("1", Asked);
        call.Offer("1", Asked + ",\"ptime\":30").ShouldBe("2");

        call.Offer("2", Asked + ",\"ptime\":40").ShouldBe("3");
        call.Offer("9", Asked + ",\"ptime\":40").ShouldBe("9");
    }

    [Fact]
    public void It_always_rises_where_it_is_to()
    {
        var call = new Signalled();

        call.Offer("1", Always).ShouldBe("1");
        call.Answer("1", No).ShouldBe("1");
        call.Offer("1", Always).ShouldBe("2");
        call.Offer("1", "\"flags\":[\"replace_force_increment_sdp_ver\"]").ShouldBe("3");
    }

    [Fact]
    public void Nothing_changes_where_nobody_asks()
    {
        var call = new Signalled();
        call.Offer("1", No);
        call.Answer("1", No);

        call.Offer("1", No + ",\"ptime\":30").ShouldBe("1");
    }

    [Fact]
    public void What_was_told_unasked_counts_once_somebody_has_asked()
    {
        var call = new Signalled();
        call.Offer("1", Asked);
        call.Answer("1", No);
        call.Offer("1", No + ",\"ptime\":30").ShouldBe("1");

        call.Offer("1", Asked + ",\"ptime\":30").ShouldBe("1");
        call.Offer("1", Asked).ShouldBe("2");
    }

    [Fact]
    public void Another_session_begins_with_its_own()
    {
        var call = new Signalled();
        call.Offer("1", Asked);
        call.Answer("7", Asked, user: "bob");

        call.Answer("3", Asked, user: "carol").ShouldBe("3");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Names_stay_where_they_are_to(bool restarts)
    {
        const string Names = "\"replace\":[\"username\",\"session-name\"]";
        var call = new Signalled(restarts);
        call.Offer("1", No);
        call.Answer("1", Names, "bob", "first");
        call.Reply.ShouldContain("o=bob 1001 1 IN IP4 198.51.100.5\\r\\ns=first\\r\\n");

        call.Answer("1", Names, "carol", "second");
        call.Reply.ShouldContain("o=bob 1001 1 IN IP4 198.51.100.5\\r\\ns=first\\r\\n");
        call.Answer("1", "\"flags\":[\"replace-username\"]", "dave", "third");
        call.Reply.ShouldContain("o=bob 1001 1 IN IP4 198.51.100.5\\r\\ns=third\\r\\n");
        call.Answer("1", No, "dave", "third");
        call.Reply.ShouldContain("o=dave 1001 1 IN IP4 198.51.100.5\\r\\ns=third\\r\\n");
    }

    /// <summary>A name of one in the description of the other would make both of it: user name and session are whose session it is (RFC 8866, section 5.2).</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Branches_of_a_fork_are_dialogs_with_names_and_versions_of_their_own(bool restarts)
    {
        const string Names = "\"replace\":[\"username\",\"session-name\",\"SDP-version\"],\"via-branch\":";
        var call = new Signalled(restarts);
        call.Offer("1", Names + "\"one\"", to: "");
        call.Offer("1", Names + "\"two\"", to: "");

        call.Answer("7", Names + "\"one\"", "bob", "first", to: "b").ShouldBe("7");
        call.Answer("3", Names + "\"two\"", "carol", "second", to: "c").ShouldBe("3");
        call.Reply.ShouldContain("o=carol 1001 3 IN IP4 198.51.100.5\\r\\ns=second\\r\\n");

        call.Answer("7", Names + "\"one\"", "robert", "other", to: "b").ShouldBe("7");
        call.Reply.ShouldContain("o=bob 1001 7 IN IP4 198.51.100.5\\r\\ns=first\\r\\n");
        call.Answer("3", Names + "\"two\"", "karl", "other", to: "c");
        call.Reply.ShouldContain("o=carol 1001 3 IN IP4 198.51.100.5\\r\\ns=second\\r\\n");
    }

    [Fact]
    public void A_name_that_is_too_long_to_be_kept_changes()
    {
        const string Names = "\"replace\":[\"username\",\"session-name\"]";
        string name = new('n', 256);
        var call = new Signalled();
        call.Offer("1", Names, name, name);
        call.Answer("1", No);

        call.Offer("1", Names, "alice", "call");
        call.Reply.ShouldContain("o=alice 1001 1 IN IP4 198.51.100.5\\r\\ns=call\\r\\n");
    }

    [Theory]
    [InlineData("18446744073709551615")] // the highest
    [InlineData("18446744073709551616")]
    [InlineData("-1")]
    [InlineData("x")]
    public void What_has_no_next_one_stays(string version)
    {
        var call = new Signalled();

        call.Offer(version, Always).ShouldBe(version);
        call.Offer(version, Always).ShouldBe(version);
    }

    private sealed partial class Signalled(bool restarts = false)
    {
        private readonly WholeRelay _relay = new(restarts);

        /// <returns>The version that the other party is told.</returns>
        public string Offer(string version, string options, string user = "alice", string name = "call", string to = "b") =>
            Ask("offer", version, options, user, name, to);

        public string Answer(string version, string options, string user = "bob", string name = "call", string to = "b") =>
            Ask("answer", version, options, user, name, to);

        public string Reply { get; private set; } = "";

        private string Ask(string command, string version, string options, string user, string name, string to)
        {
            string body = Bodies.Crlf(Bodies.Audio).Replace("\r\n", "\\r\\n", StringComparison.Ordinal);
            body = Origin().Replace(body, $"o={user} 1001 {version} ").Replace("s=call", "s=" + name, StringComparison.Ordinal);
            string toTag = to.Length == 0 ? "" : $"\"to-tag\":\"{to}\",";
            string dictionary = $$"""1 {"command":"{{command}}","call-id":"c","from-tag":"a",{{toTag}}{{options}},"sdp":"{{body}}"}""";
            Reply = Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes(dictionary))!);
            return Told().Match(Reply).Groups[1].Value;
        }

        [GeneratedRegex(@"o=\S+ \S+ \S+ ")]
        private static partial Regex Origin();

        [GeneratedRegex(@"o=\S+ \S+ (\S+) IN")]
        private static partial Regex Told();
    }
}
