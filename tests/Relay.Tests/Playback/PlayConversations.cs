using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Playback.Playing;

namespace RtpProxy.Relay.Tests.Playback;

/// <summary>What the commands <c>P</c> and <c>S</c> answer (control protocol, sections 3.9 and 3.10).</summary>
public sealed class PlayConversations
{
    private readonly VirtualRelay _relay = new();

    public PlayConversations() => _relay.Prompts.Files[("prompt", 0)] = Frames(800);

    [Theory]
    [InlineData("P call prompt 0 alice bob", "0")]
    [InlineData("P call prompt 0 bob alice", "0")]
    [InlineData("P call prompt 0 alice", "0")]
    [InlineData("P-1 call prompt 18,0 alice bob", "0")]
    [InlineData("P call prompt 8/3x0 alice bob", "0")] // any single separator
    [InlineData("P call prompt 0,,18 alice bob", "0")] // read only as far as needed
    [InlineData("P call prompt 128,300,99999999999,0 alice bob", "0")] // no payload types: no files
    [InlineData("P0 call prompt nonsense alice bob", "0")] // only stops
    [InlineData("P0 call prompt session alice bob", "E35")] // no list stored
    [InlineData("P call prompt 18 alice bob", "E60")] // no such file
    [InlineData("P call other 0 alice bob", "E60")]
    [InlineData("P call prompt abc alice bob", "E60")]
    [InlineData("P call prompt 18,,0 alice bob", "E60")]
    [InlineData("P call prompt -1 alice bob", "E60")]
    [InlineData("P call prompt 18, alice bob", "E60")]
    [InlineData("P call prompt session alice bob", "E35")] // no list stored
    [InlineData("P nocall prompt 0 alice bob", "E50")]
    [InlineData("P call prompt 0 bob", "E50")] // nobody of this name
    [InlineData("Px call prompt 0 alice bob", "E17")]
    [InlineData("P call prompt 0", "E1")]
    [InlineData("S call alice bob", "0")] // nothing was playing
    [InlineData("S call bob alice", "0")]
    [InlineData("S call nobody", "E50")]
    [InlineData("S nocall alice bob", "E50")]
    [InlineData("Sx call alice bob", "E2")]
    public void Answers(string command, string reply)
    {
        _ = new Call(_relay);

        _relay.Command(command).ShouldBe(reply);
    }

    [Fact]
    public void Answers_are_the_same_from_any_worker()
    {
        foreach (string callId in (string[])["call", "a", "b", "c", "d"])
        {
            var relay = new VirtualRelay(new RelayOptions(), workers: 3);
            relay.Prompts.Files[("prompt", 0)] = Frames(800);
            _ = new Call(relay, callId);

            relay.Command($"P {callId} prompt 0 alice bob").ShouldBe("0");
            relay.AdvanceSeconds(0.05).Count.ShouldBe(6);
            relay.Command($"S {callId} alice bob").ShouldBe("0");
            relay.AdvanceSeconds(0.05).ShouldBeEmpty();
            relay.Command("G nplrs_created nplrs_destroyed npkts_played").ShouldBe("1 1 6");
        }
    }

    [Fact]
    public void The_first_codec_that_exists_is_played()
    {
        _relay.Prompts.Files[("prompt", 8)] = Frames(800);
        _ = new Call(_relay);

        _relay.Command("P call prompt 18,8,0 alice bob").ShouldBe("0");

        (_relay.Advance(TimeSpan.Zero).ShouldHaveSingleItem().Bytes[1] & 0x7f).ShouldBe(8);
        _relay.Events.Lines.ShouldContain("call Caller playing prompt.8 1 times");
    }

    [Fact]
    public void A_failing_command_still_silences_the_party()
    {
        _ = new Call(_relay);
        foreach (string failing in (string[])["P call nothing 0 alice bob", "P call prompt session alice bob", "P0 call prompt 0 alice"])
        {
            _relay.Command("P-1 call prompt 0 alice bob").ShouldBe("0");
            _relay.Command(failing);
            _relay.AdvanceSeconds(0.1).ShouldBeEmpty();
        }

        _relay.Command("G nplrs_created nplrs_destroyed").ShouldBe("3 3");
        _relay.Events.Lines.Count(l => l == "call Caller player stopped").ShouldBe(3);
        _relay.Events.Lines.ShouldContain(l => l.StartsWith("call no player: there is no readable file of the prompt 'nothing'"));
    }

    [Fact]
    public void The_session_list_is_that_of_the_listeners_last_command()
    {
        _relay.Prompts.Files[("prompt", 8)] = Frames(800);
        _relay.Port("Uc8,101 call 192.0.2.10 40000 alice");
        _relay.Port("Lc0 call 198.51.100.20 50000 alice bob");

        _relay.Command("P call prompt session alice bob").ShouldBe("0");
        (_relay.Advance(TimeSpan.Zero).ShouldHaveSingleItem().Bytes[1] & 0x7f).ShouldBe(8);
        _relay.Command("P call prompt session bob alice").ShouldBe("0");
        (_relay.Advance(TimeSpan.Zero).ShouldHaveSingleItem().Bytes[1] & 0x7f).ShouldBe(0);

        _relay.Port("U call 192.0.2.10 40000 alice"); // without c the list is cleared
        _relay.Command("P call prompt session alice bob").ShouldBe("E35");
    }

    [Fact]
    public void A_session_deleted_while_its_prompt_is_looked_for_is_not_played_to()
    {
        _ = new Call(_relay);
        var run = _relay.BeginUntilOffWorker("P call prompt 0 alice bob");
        _relay.Command("D call alice").ShouldBe("0");

        _relay.Finish(run).ShouldBe("E50");
        _relay.AdvanceSeconds(1).ShouldBeEmpty();
        _relay.Command("G nplrs_created nplrs_destroyed").ShouldBe("0 0");
    }

    [Fact]
    public void A_new_session_of_the_same_name_does_not_inherit_the_prompt()
    {
        _ = new Call(_relay);
        var run = _relay.BeginUntilOffWorker("P call prompt 0 alice bob");
        _relay.Command("D call alice").ShouldBe("0");
        _ = new Call(_relay);

        _relay.Finish(run).ShouldBe("E50");
        _relay.AdvanceSeconds(1).ShouldBeEmpty();
    }

    [Fact]
    public void A_stop_that_overtakes_the_search_for_the_prompt_wins()
    {
        _ = new Call(_relay);
        var run = _relay.BeginUntilOffWorker("P-1 call prompt 0 alice bob");
        _relay.Command("S call alice bob").ShouldBe("0");

        _relay.Finish(run).ShouldBe("0");
        _relay.AdvanceSeconds(1).ShouldBeEmpty();
    }

    [Fact]
    public void Of_two_plays_under_way_the_later_one_is_heard()
    {
        _relay.Prompts.Files[("prompt", 8)] = Frames(800);
        _ = new Call(_relay);
        var first = _relay.BeginUntilOffWorker("P call prompt 0 alice bob");
        var second = _relay.BeginUntilOffWorker("P call prompt 8 alice bob");
        _relay.Finish(second).ShouldBe("0");
        _relay.Finish(first).ShouldBe("0");

        (_relay.Advance(TimeSpan.Zero).ShouldHaveSingleItem().Bytes[1] & 0x7f).ShouldBe(8);
    }
}
