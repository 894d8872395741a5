using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Digits;

/// <summary>What becomes of the packets that are digits (media rules, section 8.3).</summary>
public sealed class DigitPackets
{
    private readonly DigitCall _call = new();

    [Fact]
    public void They_are_relayed_as_they_came()
    {
        _call.Offer("M3:1 d").ShouldBeTrue();

        _call.FromAlice(1000, code: 1).ShouldHaveSingleItem().Bytes.ShouldBe(RtpBytes.Event(1, 1000, 1, 160));
        _call.FromAlice(1000, code: 1, isEnd: true).Count.ShouldBe(1);
        _call.Call.Query("nrelayed ndropped").ShouldBe("2 0");
    }

    [Fact]
    public void Hidden_ones_are_dropped_and_counted_and_told_all_the_same()
    {
        _call.Offer("M3:1 d 101 h").ShouldBeTrue();
        _call.FromAlice(1000, code: 1).ShouldBeEmpty();
        _call.FromAlice(1000, code: 1, isEnd: true).ShouldBeEmpty();
        _call.FromAlice(2000, code: 40).ShouldBeEmpty();
        _call.Relay.Receive(Alice, _call.Call.PortForAlice, RtpBytes.Rtp(10, payloadType: 101, length: 3)).ShouldBeEmpty();
        _call.FromBob(1000, code: 1).Count.ShouldBe(1, "only Alice's are hidden");
        _call.Relay.Receive(Alice, _call.Call.PortForAlice, RtpBytes.Rtp(11)).Count.ShouldBe(1);

        _call.Told.ShouldBe(["d 1 10 160 0\n"]);
        _call.Call.Query("npkts_ina nrelayed ndropped").ShouldBe("5 2 4");
        _call.Relay.Command("G npkts_discard npkts_relayed").ShouldBe("4 2");
        _call.Relay.Workers[0].Statistics.Dropped(DropReason.DigitHidden).ShouldBe(4UL);
    }

    [Fact]
    public void They_are_hidden_no_more_when_that_is_taken_back()
    {
        _call.Offer("M3:1 d 101 h").ShouldBeTrue();
        _call.FromAlice(1000, code: 1).ShouldBeEmpty();
        _call.Offer("M3:1 d").ShouldBeTrue();
        _call.FromAlice(1000, code: 1, isEnd: true).Count.ShouldBe(1);

        _call.Told.Count().ShouldBe(1);
    }

    [Fact]
    public void Whoever_presses_keys_that_are_hidden_does_not_keep_the_session_by_it()
    {
        _call.Offer("M3:1 d 101 h").ShouldBeTrue();
        for (int second = 0; second < 70; second++)
        {
            _call.FromAlice((uint)(second * 8000), code: 1);
            _call.Relay.AdvanceSeconds(1);
            if (_call.Relay.SessionCount == 0)
            {
                break;
            }
        }

        _call.Told.ShouldBe(["sess\n"]);
    }

    [Fact]
    public void Nothing_is_heard_while_the_other_party_hears_a_prompt()
    {
        _call.Relay.Prompts.Files[("music", 0)] = new byte[80_000];
        _call.Offer("M3:1 d").ShouldBeTrue();
        _call.Relay.Command("P-1 call music 0 bob alice").ShouldBe("0");
        _call.AlicePresses(1000, code: 1);
        _call.Told.ShouldBeEmpty();

        _call.Relay.Command("S call bob alice").ShouldBe("0");
        _call.AlicePresses(2000, code: 2);
        _call.Told.ShouldBe(["d 2 10 800 0\n"]);
    }

    [Fact]
    public void A_prompt_for_the_party_that_presses_keys_is_in_nobodys_way()
    {
        _call.Relay.Prompts.Files[("menu", 0)] = new byte[80_000];
        _call.Offer("M3:1 d").ShouldBeTrue();
        _call.Relay.Command("P-1 call menu 0 alice bob").ShouldBe("0");
        _call.AlicePresses(1000, code: 1);

        _call.Told.ShouldBe(["d 1 10 800 0\n"]);
    }

    [Fact]
    public void Recordings_have_hidden_digits_too_and_forks_have_not()
    {
        _call.Offer("M3:1 d 101 h").ShouldBeTrue();
        _call.Relay.Command("Rs call alice bob").ShouldBe("0");
        _call.Relay.Port("U copy 203.0.113.1 7000 r1 r2 && C call alice bob && L 203.0.113.2 8000");
        int before = _call.Relay.Recordings.Files.Values.Sum(file => file.Length);

        _call.FromAlice(1000, code: 1).ShouldBeEmpty();

        _call.Relay.Recordings.Files.Values.Sum(file => file.Length).ShouldBeGreaterThan(before);
        _call.Relay.Receive(Alice, _call.Call.PortForAlice, RtpBytes.Rtp(9)).Count.ShouldBe(2);
    }

    [Fact]
    public void The_session_that_carries_a_copy_hears_its_digits_and_may_hide_them()
    {
        foreach (string hiding in (string[])["", " 101 h"])
        {
            var call = new DigitCall();
            call.Relay.Port($"U copy 203.0.113.1 7000 r1 r2 {DigitCall.Target} x && C call alice bob && L 203.0.113.2 8000");
            call.Relay.Command($"U copy 203.0.113.1 7000 r1 r2 {DigitCall.Target} x && M3:1 d{hiding}");
            call.Relay.Command($"U copy 203.0.113.2 8000 r2 r1 {DigitCall.Target} x && M3:1 d{hiding}");

            call.FromAlice(1000, code: 1).Count.ShouldBe(hiding.Length == 0 ? 2 : 1);
            call.FromAlice(1000, code: 1, isEnd: true);
            call.Told.ShouldHaveSingleItem().ShouldStartWith("d 1 10 160 ");
        }
    }

    [Fact]
    public void Digits_of_a_party_whose_audio_is_re_framed_are_heard()
    {
        _call.Relay.Port($"Uz40 call {Text(Alice)} alice bob {DigitCall.Target} sess && M3:1 d");
        for (int i = 0; i < 5; i++)
        {
            _call.Relay.Receive(Alice, _call.Call.PortForAlice, RtpBytes.Rtp(100 + i));
            _call.Relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        _call.Relay.Receive(Alice, _call.Call.PortForAlice, RtpBytes.Event(105, 16_800, 1, 160));
        _call.Relay.Receive(Alice, _call.Call.PortForAlice, RtpBytes.Event(106, 16_800, 1, 320, isEnd: true));
        _call.Told.ShouldBe(["d 1 10 320 0\n"]);
    }

    [Fact]
    public void A_stranger_presses_no_keys()
    {
        _call.Offer("M3:1 d").ShouldBeTrue();
        _call.Call.AliceSpeaks(1);
        _call.Relay.Receive(Mallory, _call.Call.PortForAlice, RtpBytes.Event(2, 1000, 1, 160, ssrc: 666));
        _call.Relay.Receive(Mallory, _call.Call.PortForAlice, RtpBytes.Event(3, 1000, 1, 160, isEnd: true, ssrc: 666));

        _call.Told.ShouldBeEmpty();
    }

    [Fact]
    public void They_are_hidden_still_when_whom_to_tell_is_gone_after_a_restart()
    {
        var options = new VirtualRelayOptions { RestartsAfterEveryStep = false, Notices = new VirtualNotices("/run/n") };
        var relay = new VirtualRelay(options);
        var call = new Call(relay);
        relay.Port($"U call {Text(Alice)} alice bob /run/n sess && M3:1 d 101 h");
        (byte[][] workers, byte[][] sessions) = relay.TakeSnapshots();
        var other = new VirtualRelay(options with { Notices = new VirtualNotices() });
        other.Restart(workers, sessions).ShouldBe(0);
        for (int i = 0; i < 3; i++)
        {
            other.Receive(Alice, call.PortForAlice, RtpBytes.Event(i, 1000, 1, 160, isEnd: i > 0)).ShouldBeEmpty();
        }

        other.Notices.Posted.ShouldBeEmpty();
    }
}
