using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Snapshots;

/// <summary>A process whose clock has another origin goes on all the same.</summary>
public sealed class OtherClocks
{
    private readonly VirtualRelayOptions _options = new() { RestartsAfterEveryStep = false }; // two relays have the same ports

    [Fact]
    public void Latches_timers_and_counters_go_on_from_the_same_moment()
    {
        var first = new VirtualRelay(_options);
        var call = new Call(first, "call");
        for (int i = 0; i < 100; i++)
        {
            call.AliceSpeaks(i).ShouldBe(Bob);
            first.Advance(TimeSpan.FromMilliseconds(20));
        }

        first.AdvanceSeconds(10);
        string figures = call.Query("ttl npkts_ina rtpa_nrcvd rtpa_jmax");
        (byte[][] workers, byte[][] sessions) = first.TakeSnapshots();
        var second = new VirtualRelay(_options);
        second.AdvanceSeconds(12_345);
        second.Restart(workers, sessions, second.Now).ShouldBe(0);

        second.Command("Q call alice bob ttl npkts_ina rtpa_nrcvd rtpa_jmax").ShouldBe(figures);
        second.Receive(Mallory, call.PortForAlice, RtpBytes.Rtp(100, ssrc: 666)).ShouldBeEmpty("silent for ten seconds only");
        second.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(600)).ShouldHaveSingleItem().To.ShouldBe(Bob);
        second.Command("Q call alice bob ttl npkts_ina rtpa_nrcvd rtpa_jmax").Split(' ')[3].ShouldBe(figures.Split(' ')[3]);
        second.Command("Q call alice bob nlate_ina").ShouldBe("0", "arrivals on two clocks cannot be compared");
        second.AdvanceSeconds(59);
        second.SessionCount.ShouldBe(1);
        second.AdvanceSeconds(3);
        second.SessionCount.ShouldBe(0);
        second.Ports.OpenPairs.ShouldBe(0);
    }
}
