using System.Text;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Sessions;

/// <summary>
/// Commands whose from-tag is empty or names nobody, and whose to-tag is that of the party who answered (control protocol,
/// section 2.5): OpenSIPS ends calls like this.
/// </summary>
public sealed class AnsweredTags
{
    private const string Alice = "192.0.2.10 40000";
    private const string Bob = "198.51.100.20 50000";

    private readonly VirtualRelay _relay = new();

    [Theory]
    [InlineData("U call 192.0.2.10 40000 f", "L call 198.51.100.20 50000 f t")]
    [InlineData("U call 192.0.2.10 40000 f", "U call 198.51.100.20 50000 t f")]
    [InlineData("U call 192.0.2.10 40000 f", "L call 192.0.2.10 40000 t f")]
    [InlineData("U call 192.0.2.10 40000 f", "U call 192.0.2.10 40000 f t")]
    [InlineData("U call 192.0.2.10 40000 f t")]
    [InlineData("U call 192.0.2.10 40000 f t && L 198.51.100.20 50000")]
    [InlineData("U call 192.0.2.10 40000 f x", "L call 198.51.100.20 50000 f t")]
    [InlineData("U call 192.0.2.10 40000 f t", "L call 198.51.100.20 50000 f")]
    public void Whatever_command_tells_the_tag_of_the_other_party_a_delete_with_only_that_tag_means_the_call(params string[] commands)
    {
        foreach (string delete in (string[])["D call  t", "D call nobody t", "d call ;1 t", " D call  t\r\n"])
        {
            Array.ForEach(commands, c => _relay.Command(c));
            _relay.Command($"U other {Alice} f t");

            _relay.Command(delete).ShouldBe("0");

            _relay.Command("Q call f").ShouldBe("E50");
            _relay.Command("D call  t").ShouldBe("E50");
            _relay.Command("D other f").ShouldBe("0");
            _relay.Ports.OpenPairs.ShouldBe(0);
        }
    }

    [Fact]
    public void It_is_the_same_behind_a_cookie()
    {
        _relay.Command($"U call {Alice} f");
        _relay.Command($"L call {Bob} f t");

        Encoding.Latin1.GetString(_relay.Execute(" D call  t"u8, "ck1"u8).Span).ShouldBe("ck1 0\n");
        _relay.SessionCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("D call t")] // read as a from-tag, which is nobody's
    [InlineData("D call   t")]
    [InlineData("D call\t\tt")]
    [InlineData("D  call t")]
    [InlineData("D call  t2")]
    [InlineData("D call  t;1")]
    [InlineData("D call  T")]
    [InlineData("D nocall  t")]
    [InlineData("D call nobody t2")]
    [InlineData("D call t nobody")]
    [InlineData("D call nobody")]
    [InlineData("D call  ;1")]
    [InlineData("Q call t")]
    [InlineData("N call  t")] // found, and nothing is recorded
    public void Nobody_else_is_meant(string command)
    {
        _relay.Command($"U call {Alice} f");
        _relay.Command($"L call {Bob} f t");

        _relay.Command(command).ShouldBe("E50");

        _relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void A_branch_that_did_not_answer_last_does_not_end_the_call_of_another()
    {
        _relay.Command($"U call {Alice} f");
        _relay.Command($"L call {Bob} f branch1");
        _relay.Command("L call 203.0.113.5 6000 f branch2");

        _relay.Command("D call  branch1").ShouldBe("E50");
        _relay.Command("D call nobody branch1").ShouldBe("E50");
        _relay.Command("D call  branch2").ShouldBe("0");
    }

    [Fact]
    public void Where_two_callers_have_the_same_answered_party_neither_is_meant()
    {
        _relay.Command($"U call {Alice} f1 t");
        _relay.Command($"U call {Alice} f2 t");

        _relay.Command("D call  t").ShouldBe("E50");
        _relay.Command("Q call nobody t").ShouldBe("E50");
        _relay.Command("D call f2").ShouldBe("0");
        _relay.Command("D call  t").ShouldBe("0");
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void A_from_tag_that_names_a_party_of_the_call_is_not_passed_over()
    {
        _relay.Command($"U call {Alice} f1 t1");
        _relay.Command($"U call {Alice} f2 t2");

        _relay.Command("D call t1 t2").ShouldBe("E50");
        _relay.Command("D call f1 t2").ShouldBe("0");
        _relay.Command("Q call f2").ShouldStartWith("60 ");
    }

    [Fact]
    public void All_media_lines_of_the_answered_party_or_the_one_with_its_number_are_meant()
    {
        for (int media = 1; media <= 3; media++)
        {
            _relay.Command($"U call {Alice} f;{media}");
            _relay.Command($"L call {Bob} f;{media} t;{media}");
        }

        _relay.Command("D call  t;2").ShouldBe("0");
        _relay.SessionCount.ShouldBe(2);
        _relay.Command("Q call f;2").ShouldBe("E50");
        _relay.Command("D call  t").ShouldBe("0");
        _relay.SessionCount.ShouldBe(0);

        _relay.Command($"U call {Alice} f;1 t");
        _relay.Command($"U call {Alice} f;2 t");
        _relay.Command("D call  t").ShouldBe("0");
        _relay.SessionCount.ShouldBe(0, "a tag without a number names no single line");
    }

    [Fact]
    public void Media_that_was_declined_goes_with_the_call()
    {
        _relay.Command($"U call {Alice} f;1");
        _relay.Command($"U call {Alice} f;2");
        _relay.Command($"U call {Alice} g;1");
        _relay.Command($"L call {Bob} f;1 t;1");

        _relay.Command("D call  t").ShouldBe("0");
        _relay.SessionCount.ShouldBe(1, "nobody answered f;2, and g is another caller");

        _relay.Command($"U call {Alice} f;1");
        _relay.Command($"U call {Alice} f;2");
        _relay.Command($"L call {Bob} f;1 t;1");
        _relay.Command("D call  t;1").ShouldBe("0");
        _relay.SessionCount.ShouldBe(2, "one line is named");
    }

    [Fact]
    public void The_flags_are_cleared_as_by_the_caller()
    {
        _relay.Command($"U call {Alice} f");
        _relay.Command($"Lw call {Bob} f t");

        _relay.Command("D call  t").ShouldBe("0");
        _relay.SessionCount.ShouldBe(1, "the second leg's weak flag is still there");
        _relay.Command("Dw call  t").ShouldBe("0");
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void Other_commands_find_the_call_by_such_tags_and_speak_for_the_caller()
    {
        _relay.Command($"U call {Alice} f;1");
        int forAlice = _relay.Port($"L call {Bob} f;1 t;1");
        _relay.Receive(Call.Alice, forAlice, RtpBytes.Rtp(1)).ShouldHaveSingleItem();
        _relay.Prompts.Files[("music", 0)] = new byte[1600];

        _relay.Command("Q call ;1 t;1 npkts_ina npkts_ino").ShouldBe("1 0");
        _relay.Command("Q call nobody;1 t npkts_ina npkts_ino").ShouldBe("1 0");
        _relay.Command("Q call  t;1").ShouldBe("60 1 0 1 0");
        _relay.Command("Q call  t;1 npkts_ina npkts_ino").ShouldBe("1 0");
        _relay.Command("Qv call  t;1 ttl && S ttl=9").ShouldBe("ttl=60");
        _relay.Command("Q call nobody;2 t ttl").ShouldBe("E50");
        _relay.Command("R call  t").ShouldBe("0");
        _relay.Recordings.Files.Keys.ShouldBe(["call=f.o.rtp", "call=f.o.rtcp"]);
        _relay.Command("N call nobody t").ShouldBe("0");
        _relay.Command("C call name  t;1").ShouldBe("0");
        _relay.Recordings.Files.Keys.ShouldContain("name.rtp");
        _relay.Command("N call  t").ShouldBe("0");
        _relay.Command("P call music 0  t;1").ShouldBe("0");
        _relay.AdvanceSeconds(0.05).ShouldAllBe(d => d.To == Call.Alice);
        _relay.Command("S call  t;1").ShouldBe("0");
        _relay.AdvanceSeconds(0.05).ShouldBeEmpty();
        _relay.Command($"U copy {Alice} a b && C call nobody;1 t;1").ShouldNotEndWith("-1");
    }
}
