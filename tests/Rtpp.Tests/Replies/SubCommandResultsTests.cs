using System.Text;
using RtpProxy.Protocols.RtppFront.Replies;

namespace RtpProxy.Protocols.Rtpp.Tests.Replies;

public sealed class SubCommandResultsTests
{
    private static string Write(SubCommandResults results, int fill = 0, string main = "35000")
    {
        var reply = new ReplyWriter(new byte[ReplyLimits.MaxLength]);
        reply.WriteText(new string('x', fill));
        reply.WriteText(main);
        results.WriteTo(ref reply);
        reply.IsOverflowed.ShouldBeFalse();
        return Encoding.Latin1.GetString(reply.Written)[fill..];
    }

    /// <summary>A list of results: <c>0</c> silent, <c>-</c> failed, anything else a text.</summary>
    private static SubCommandResults Results(params string[] results)
    {
        var list = new SubCommandResults();
        foreach (string result in results)
        {
            switch (result)
            {
                case "0":
                    list.AppendSilent();
                    break;
                case "-":
                    list.AppendFailed();
                    break;
                default:
                    list.AppendText(Encoding.Latin1.GetBytes(result));
                    break;
            }
        }

        return list;
    }

    [Fact]
    public void Silent_successes_at_the_end_are_left_out()
    {
        Write(Results()).ShouldBe("35000");
        Write(Results("0", "0", "0")).ShouldBe("35000");
        Write(Results("36000 127.0.0.1", "0")).ShouldBe("35000 && 36000 127.0.0.1");
    }

    [Fact]
    public void A_silent_success_shows_when_a_later_one_speaks_or_fails()
    {
        Write(Results("0", "text")).ShouldBe("35000 && 0 && text");
        Write(Results("0", "0", "-")).ShouldBe("35000 && 0 && 0 && -1");
        Write(Results("-")).ShouldBe("35000 && -1");
    }

    [Fact]
    public void Nothing_follows_a_failure()
    {
        SubCommandResults results = Results("0", "-");
        results.HasFailed.ShouldBeTrue();
        Should.Throw<InvalidOperationException>(results.AppendSilent);
    }

    [Fact]
    public void A_text_beyond_511_bytes_is_a_failure()
    {
        Write(Results(new string('t', 511))).Length.ShouldBe(5 + 4 + 511);
        SubCommandResults results = Results(new string('t', 512));
        results.HasFailed.ShouldBeTrue();
        Write(results).ShouldBe("35000 && -1");
    }

    [Fact]
    public void A_result_that_does_not_fit_becomes_a_failure_and_ends_the_list()
    {
        SubCommandResults results = Results(new string('a', 500), new string('b', 500), "c");
        Write(results, main: "35000 127.0.0.1").ShouldBe($"35000 127.0.0.1 && {new string('a', 500)} && -1");
    }

    [Fact]
    public void The_list_ends_well_wherever_the_reply_is_full()
    {
        string whole = "35000 && aaaaaaaaaa && 0 && bbbbbbbbbb";
        string[] cut = ["35000 && -1", "35000 && aaaaaaaaaa && -1", "35000 && aaaaaaaaaa && 0 && -1", whole];
        var seen = new HashSet<string>();
        for (int fill = ReplyLimits.MaxLength - 1 - whole.Length - 2; fill <= ReplyLimits.MaxLength - 1 - cut[0].Length; fill++)
        {
            string written = Write(Results("aaaaaaaaaa", "0", "bbbbbbbbbb"), fill);
            cut.ShouldContain(written);
            seen.Add(written);
        }

        seen.Count.ShouldBe(cut.Length);
    }

    [Fact]
    public void Without_room_for_even_a_failure_the_reply_overflows()
    {
        var reply = new ReplyWriter(new byte[ReplyLimits.MaxLength]);
        reply.WriteText(new string('x', reply.Room - 5));
        Results("-").WriteTo(ref reply);
        reply.IsOverflowed.ShouldBeTrue();
    }

    [Fact]
    public void A_cleared_list_is_as_new()
    {
        SubCommandResults results = Results("text", "-");
        results.Clear();
        results.AppendText("x"u8);
        Write(results).ShouldBe("35000 && x");
    }
}
