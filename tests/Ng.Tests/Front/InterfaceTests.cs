using System.Text;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary>
/// An interface with addresses of both families, the whole way from the bytes of commands (ng protocol): <c>internal</c>
/// is 192.0.2.1 and ::1 here, <c>external</c> 192.0.2.2, which is told as 203.0.113.9.
/// </summary>
public sealed class InterfaceTests
{
    private const string IPv4 = "IN IP4 198.51.100.5";
    private const string IPv6 = "IN IP6 2001:db8::5";

    private readonly WholeRelay _relay = new();

    [Theory]
    [InlineData(IPv4, "", "192.0.2.1")]
    [InlineData(IPv6, "", "::1")] // the other party is told of the family of who speaks
    [InlineData(IPv4, ""","address-family":"IP6" """, "::1")]
    [InlineData(IPv6, ""","address-family":"IP4" """, "192.0.2.1")]
    public void A_party_is_met_on_its_interface_at_the_address_of_its_family(string speaker, string family, string told) =>
        Told("offer", speaker, ""","direction":["external","internal"]""" + family).Address.ShouldBe(told);

    [Fact]
    public void Who_speaks_IPv6_is_answered_so()
    {
        Told("offer", IPv6, ""","direction":["internal","external"],"address-family":"IP4" """).Address.ShouldBe("203.0.113.9");

        Told("answer", IPv4).Address.ShouldBe("::1");
    }

    [Fact]
    public void A_party_stays_where_it_is_unless_the_family_is_asked_for()
    {
        (string Address, int Port) first = Told("offer", IPv4, ""","direction":["external","internal"],"address-family":"IP6" """);
        Told("answer", IPv6);

        Told("offer", IPv4, ""","direction":["external","internal"]""").ShouldBe(first);
        Told("offer", IPv4).ShouldBe(first);
        Told("offer", IPv4, ""","direction":["external","internal"],"address-family":"IP4" """).Address.ShouldBe("192.0.2.1");
    }

    [Fact]
    public void A_family_that_is_asked_for_later_leaves_a_party_on_its_interface()
    {
        (string Address, int Port) first = Told("offer", IPv4, ""","direction":["internal","external"]""");
        Told("answer", IPv4);

        Told("offer", IPv4, ""","address-family":"IP4" """).ShouldBe(first);
    }

    [Fact]
    public void A_family_that_is_asked_for_later_moves_a_party_within_its_interface()
    {
        Told("offer", IPv4, ""","direction":["external","internal"]""").Address.ShouldBe("192.0.2.1");
        Told("answer", IPv4);

        Told("offer", IPv4, ""","address-family":"IP6" """).Address.ShouldBe("::1");
        Told("answer", IPv6).Address.ShouldBe("203.0.113.9");
    }

    [Fact]
    public void A_family_that_the_interface_has_not_leaves_its_address() =>
        Told("offer", IPv4, ""","direction":["internal","external"],"address-family":"IP6" """).Address.ShouldBe("203.0.113.9");

    [Fact]
    public void Nor_does_it_move_a_party_to_another_interface_later()
    {
        (string Address, int Port) first = Told("offer", IPv4, ""","direction":["internal","external"]""");
        Told("answer", IPv4);

        Told("offer", IPv4, ""","address-family":"IP6" """).ShouldBe(first);
    }

    [Theory]
    [InlineData("m=audio 0 RTP/AVP 0")]
    [InlineData("m=message 4000 TCP/MSRP *")]
    public void Where_nothing_is_relayed_the_interface_that_is_asked_for_is_named_all_the_same(string media)
    {
        const string options = ""","direction":["internal","external"],"replace":["origin"]""";
        const string back = ""","direction":["external","internal"],"replace":["origin"]""";

        Reply("offer", IPv4, options, media).ShouldContain("o=- 1 1 IN IP4 203.0.113.9\\r");
        Reply("answer", IPv4, back, media).ShouldContain("o=- 1 1 IN IP4 192.0.2.1\\r");
    }

    [Fact]
    public void Nothing_named_is_the_first_interface()
    {
        Told("offer", IPv6).Address.ShouldBe("::1");

        Told("answer", IPv6).Address.ShouldBe("::1");
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","direction":["internal","external"]""")]
    public void Who_comes_to_speak_another_family_is_met_in_that(string options)
    {
        (string Address, int Port) first = Told("offer", IPv4, ""","direction":["internal","external"]""");
        Told("answer", IPv4).Address.ShouldBe("192.0.2.1");
        Told("offer", "IN IP6 ::", options);
        Told("answer", IPv4).Address.ShouldBe("192.0.2.1", "on hold it is nowhere");

        Told("offer", IPv4, options);
        Told("answer", IPv4);
        Told("offer", IPv6, options).ShouldBe(first);
        (string Address, int Port) moved = Told("answer", IPv4);

        moved.Address.ShouldBe("::1");
        Told("offer", IPv6, options).ShouldBe(first);
        Told("answer", IPv4).ShouldBe(moved);
    }

    [Fact]
    public void Who_sends_from_another_family_than_it_writes_is_met_in_that()
    {
        const string source = ""","flags":["SIP-source-address"],"received-from":["IP6","2001:db8::5"]""";
        Told("offer", IPv4, source + ""","address-family":"IP4" """).Address.ShouldBe("192.0.2.1");

        Told("answer", IPv4).Address.ShouldBe("::1");
    }

    private (string Address, int Port) Told(string command, string connection, string more = "")
    {
        string reply = Reply(command, connection, more, "m=audio 4000 RTP/AVP 0");
        return (After(reply, "\\nc=IN IP4 ", "\\nc=IN IP6 "), int.Parse(After(reply, "\\nm=audio ").Split(' ')[0]));
    }

    private string Reply(string command, string connection, string more, string media)
    {
        string sdp = $"v=0\\r\\no=- 1 1 IN IP4 198.51.100.5\\r\\ns=-\\r\\nc={connection}\\r\\nt=0 0\\r\\n{media}\\r\\n";
        string request = $$"""1 {"command":"{{command}}","call-id":"c","from-tag":"a","to-tag":"b","sdp":"{{sdp}}"{{more}}}""";
        string reply = Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes(request)).ShouldNotBeNull());
        reply.ShouldContain("\"result\":\"ok\"");
        return reply;
    }

    private static string After(string reply, params string[] heads)
    {
        string head = heads.First(reply.Contains);
        int start = reply.IndexOf(head, StringComparison.Ordinal) + head.Length;
        return reply[start..reply.IndexOf("\\r", start, StringComparison.Ordinal)];
    }
}
