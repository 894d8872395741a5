using RtpProxy.Relay.Snapshots;
using RtpProxy.Relay.Tests.Playback;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Snapshots;

/// <summary>What does not outlive a worker is missed, and nothing else is.</summary>
public sealed class LostThings
{
    private readonly BusyRelay _busy = new();

    [Fact]
    public void A_session_whose_ports_are_gone_is_not_taken_and_its_fork_ends()
    {
        (byte[][] workers, byte[][] sessions) = _busy.Relay.TakeSnapshots();
        _busy.Relay.Restart(workers, [sessions[0]]).ShouldBe(0);

        _busy.Relay.SessionCount.ShouldBe(1);
        _busy.Relay.Command("Q copy r1 r2").ShouldBe("E50");
        _busy.Relay.Receive(Call.Alice, _busy.Call.PortForAlice, RtpBytes.Rtp(5)).Select(d => d.To).ShouldBe([Call.Bob]);
    }

    [Fact]
    public void A_session_is_taken_once()
    {
        (byte[][] workers, byte[][] sessions) = _busy.Relay.TakeSnapshots();

        _busy.Relay.Restart(workers, [.. sessions, .. sessions]).ShouldBe(sessions.Length);

        _busy.LiveOn();
        _busy.Relay.SessionCount.ShouldBe(0);
        _busy.Relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void A_prompt_a_recording_and_a_target_that_are_gone_end_without_the_session()
    {
        VirtualRelay relay = _busy.Relay;
        (byte[][] workers, byte[][] sessions) = relay.TakeSnapshots();
        relay.Prompts.Files.Clear();
        relay.Recordings.Files["call=alice.pcap"].Close();

        relay.Restart(workers, sessions).ShouldBe(0);

        relay.Receive(Call.Bob, _busy.Call.PortForBob, RtpBytes.Rtp(5, ssrc: 9));
        relay.Receive(Call.Bob, _busy.Call.PortForBob, RtpBytes.Rtp(6, ssrc: 9)).Select(d => d.To)
            .ShouldContain(Call.Alice, "no prompt is in the way");
        relay.Command("G nplrs_created nplrs_destroyed").ShouldBe("1 1");
        relay.Command("Rs call alice bob").ShouldBe("0");
        relay.Recordings.Files["call=alice.pcap"].IsClosed.ShouldBeFalse();
    }

    [Fact]
    public void What_is_played_is_looked_for_once_while_the_process_before_still_relays()
    {
        VirtualRelay relay = _busy.Relay;
        var restoration = new Restoration(relay.Workers, relay);
        var snapshot = new SessionSnapshot();
        int before = relay.Prompts.Looks;
        foreach (byte[] session in (byte[][])[.. relay.TakeSnapshots().Sessions, .. relay.TakeSnapshots().Sessions])
        {
            snapshot.TryRead(session).ShouldBe(SnapshotFault.None);
            restoration.Foresee(snapshot);
        }

        relay.Prompts.Looks.ShouldBe(before + 1);
    }

    [Fact]
    public void Commands_that_ended_with_their_process_are_not_waited_for()
    {
        var options = new VirtualRelayOptions { RestartsAfterEveryStep = false }; // two relays have the same ports
        var first = new VirtualRelay(options);
        _ = new Call(first);
        first.BeginUntilOffWorker("R call alice bob");
        (byte[][] workers, byte[][] sessions) = first.TakeSnapshots();
        var second = new VirtualRelay(options);

        second.Restart(workers, sessions).ShouldBe(0);

        second.Command("N call alice bob").ShouldBe("E50", "nothing is recorded, nor about to be");
        second.Command("R call alice bob").ShouldBe("0");
        second.Recordings.Files["call=alice.o.rtp"].IsClosed.ShouldBeFalse();
    }
}
