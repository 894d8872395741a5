using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Sessions;

/// <summary>What restarts the timer of a session, and what does not (media rules, section 3.3).</summary>
public sealed class TimerRestarts
{
    private const int Limit = 30;

    [Theory]
    [InlineData("U call 192.0.2.10 40000 alice")]
    [InlineData("L call 198.51.100.20 50000 alice bob")]
    [InlineData("U call 198.51.100.20 50000 bob alice")]
    [InlineData("U call 0.0.0.0 40000 alice")]
    public void Offers_and_answers_restart_both_timers(string command)
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = Limit, IndependentTimeouts = true });
        var call = new Call(relay);
        relay.AdvanceSeconds(10);

        relay.Port(command);

        call.Query("ttl").ShouldBe("30");
    }

    [Theory]
    [InlineData("Q call alice bob")]
    [InlineData("S call alice bob")]
    [InlineData("R call alice bob")]
    [InlineData("C call copy alice bob")]
    [InlineData("N call alice bob")]
    [InlineData("P call nothing 0 alice bob")]
    [InlineData("I")]
    [InlineData("G npkts_rcvd")]
    public void Other_commands_do_not(string command)
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = Limit });
        var call = new Call(relay);
        relay.AdvanceSeconds(10);

        relay.Command(command);

        call.Query("ttl").ShouldBe("20");
    }

    [Fact]
    public void A_packet_restarts_the_timer_also_when_it_cannot_be_sent_on()
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = Limit });
        relay.Port("U call x 0 alice");
        int forAlice = relay.Port("L call x 0 alice bob");
        relay.AdvanceSeconds(10);

        relay.Receive(Alice, forAlice, RtpBytes.Rtp(1)).ShouldBeEmpty();

        relay.Command("Q call alice bob ttl").ShouldBe("30");
    }

    [Fact]
    public void A_packet_that_waits_in_the_re_packetiser_does_not_and_what_leaves_it_does()
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = Limit });
        var call = new Call(relay, modifiers: "z60");
        relay.AdvanceSeconds(10);

        call.AliceSpeaks(1).ShouldBeNull();
        call.AliceSpeaks(2).ShouldBeNull();
        call.Query("ttl").ShouldBe("20");

        call.AliceSpeaks(3).ShouldBe(Bob);
        call.Query("ttl").ShouldBe("30");
    }

    [Fact]
    public void With_independent_timers_a_party_restarts_its_own_by_RTP_and_RTCP()
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = Limit, IndependentTimeouts = true });
        var call = new Call(relay);
        relay.AdvanceSeconds(10);
        call.AliceSpeaks(1);
        call.Query("ttl").ShouldBe("20", "Bob's is nearer to its end");
        call.ReportFromBob(Bob.WithPort(50_001));
        call.Query("ttl").ShouldBe("30");
    }

    [Theory]
    [InlineData(false, "S", "7")]
    [InlineData(false, "Sr", "7")]
    [InlineData(true, "S", "7")]
    [InlineData(true, "Sr", "7")]
    public void The_sub_command_sets_a_limit_that_restarts_go_back_to(bool independent, string letter, string expected)
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = Limit, IndependentTimeouts = independent });
        var call = new Call(relay);
        relay.Command($"U call 192.0.2.10 40000 alice && {letter} ttl=7").ShouldNotStartWith("E");

        call.Query("ttl").ShouldBe(expected);
        for (int i = 0; i < 8; i++)
        {
            relay.AdvanceSeconds(1);
            _ = letter == "S" ? call.AliceSpeaks(i) : call.BobSpeaks(i);
        }

        relay.SessionCount.ShouldBe(1);
        relay.AdvanceSeconds(9);
        relay.SessionCount.ShouldBe(0, "seven seconds after the last packet");
    }

    [Fact]
    public void A_limit_set_before_the_answer_holds_after_it()
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = Limit, SetupTtlSeconds = 5 });
        relay.Command("U call 192.0.2.10 40000 alice bob && S ttl=50").ShouldNotStartWith("E");
        relay.Command("Q call alice bob ttl").ShouldBe("50");

        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Command("Q call alice bob ttl").ShouldBe("50");
    }
}
