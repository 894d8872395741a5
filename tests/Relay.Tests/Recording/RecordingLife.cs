using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Tests.Playback;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Recording;

/// <summary>What is recorded and what is not, and when recordings end (media rules, sections 7.1 to 7.4).</summary>
public sealed class RecordingLife
{
    private const int RecordLength = 30 + 172;

    private readonly VirtualRelay _relay = new();

    [Fact]
    public void Each_party_is_recorded_in_files_of_its_own()
    {
        var call = new Call(_relay);
        _relay.Command("R call alice bob");
        call.AliceSpeaks(1);
        call.BobSpeaks(1);
        call.BobSpeaks(2);
        call.ReportFromAlice(Alice.WithPort(40_001));

        Length("call=alice.o.rtp").ShouldBe(RecordLength);
        Length("call=alice.o.rtcp").ShouldBe(30 + 8);
        _relay.Recordings.Files.Count.ShouldBe(2, "only Alice is recorded");

        _relay.Command("R call bob alice");
        call.BobSpeaks(3);
        Length("call=alice.a.rtp").ShouldBe(RecordLength);
    }

    [Fact]
    public void Strangers_are_not_recorded()
    {
        var call = new Call(_relay);
        _relay.Command("R call alice bob");
        call.AliceSpeaks(1);
        call.FromAlice(Mallory, RtpBytes.Rtp(1, ssrc: 666)).ShouldBeNull();

        Length("call=alice.o.rtp").ShouldBe(RecordLength);
    }

    [Fact]
    public void Packets_that_nobody_can_be_sent_are_recorded()
    {
        _relay.Port("U call 192.0.2.10 40000 alice");
        int forAlice = _relay.Port("L call x 0 alice bob");
        _relay.Command("R call alice");
        _relay.Receive(Alice, forAlice, RtpBytes.Rtp(1)).ShouldBeEmpty();

        Length("call=alice.o.rtp").ShouldBe(RecordLength);
    }

    [Fact]
    public void Recording_may_begin_before_the_party_has_a_port()
    {
        _relay.Port("U call 192.0.2.10 40000 alice");
        _relay.Command("R call alice").ShouldBe("0");
        int forAlice = _relay.Port("L call 198.51.100.20 50000 alice bob");
        _relay.Receive(Alice, forAlice, RtpBytes.Rtp(1)).ShouldHaveSingleItem();

        Length("call=alice.o.rtp").ShouldBe(RecordLength);
        WantsDetails(forAlice).ShouldBeTrue();
    }

    [Fact]
    public void Recording_goes_on_when_the_party_gets_another_port()
    {
        _relay.Port("U call 192.0.2.10 40000 alice");
        int before = _relay.Port("L call 198.51.100.20 50000 alice bob");
        _relay.Command("R call alice");
        _relay.Receive(Alice, before, RtpBytes.Rtp(1));
        int after = _relay.Port("Ln call 198.51.100.20 50000 alice bob");
        after.ShouldNotBe(before);
        _relay.Receive(Alice, after, RtpBytes.Rtp(2)).ShouldHaveSingleItem();

        Length("call=alice.o.rtp").ShouldBe(2 * RecordLength);
        WantsDetails(after).ShouldBeTrue();
    }

    [Fact]
    public void Ports_give_details_only_while_their_party_is_recorded()
    {
        var call = new Call(_relay);
        WantsDetails(call.PortForAlice).ShouldBeFalse();
        _relay.Command("R call alice bob");
        WantsDetails(call.PortForAlice).ShouldBeTrue();
        WantsDetails(call.PortForAlice + 1).ShouldBeTrue();
        WantsDetails(call.PortForBob).ShouldBeFalse();
        _relay.Command("N call alice");
        WantsDetails(call.PortForAlice).ShouldBeFalse();
    }

    [Fact]
    public void A_recording_started_again_begins_a_new_file()
    {
        var call = new Call(_relay);
        _relay.Command("R call alice bob");
        call.AliceSpeaks(1);
        _relay.Command("N call alice bob").ShouldBe("0");
        call.AliceSpeaks(2);
        _relay.Command("R call alice bob").ShouldBe("0");
        call.AliceSpeaks(3);

        Length("call=alice.o.rtp").ShouldBe(RecordLength);
    }

    [Theory]
    [InlineData("D call alice")]
    [InlineData("X")]
    [InlineData("Na call alice")]
    public void Recordings_end_with_the_session_or_on_command(string command)
    {
        var call = new Call(_relay);
        _relay.Command("R call alice bob");
        _relay.Command("R call bob alice");
        call.AliceSpeaks(1);

        _relay.Command(command).ShouldBe("0");

        _relay.Recordings.Files.Count.ShouldBe(4);
        _relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed);
        _relay.Events.Lines.Where(l => l.Contains("recording")).ShouldBe(
        [
            "call Caller Rtp recording",
            "call Caller Rtcp recording",
            "call Callee Rtp recording",
            "call Callee Rtcp recording",
            "call Caller Rtcp recording stopped",
            "call Caller Rtp recording stopped",
            "call Callee Rtcp recording stopped",
            "call Callee Rtp recording stopped",
        ]);
    }

    [Fact]
    public void Recordings_end_with_a_timeout()
    {
        _ = new Call(_relay);
        _relay.Command("R call alice bob");
        _relay.AdvanceSeconds(62);

        _relay.SessionCount.ShouldBe(0);
        _relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed);
    }

    [Fact]
    public void A_shared_file_is_closed_when_the_last_party_leaves_it()
    {
        var relay = new VirtualRelay(new RelayOptions { RecordPcap = true });
        var call = new Call(relay);
        relay.Command("Rs call alice bob").ShouldBe("0");
        relay.Command("Rs call bob alice").ShouldBe("0");
        relay.Command("N call alice bob").ShouldBe("0");
        relay.Recordings.Files["call=alice.pcap"].IsClosed.ShouldBeFalse();
        call.AliceSpeaks(1);
        call.BobSpeaks(1);
        relay.Recordings.Files["call=alice.pcap"].Length.ShouldBe(24 + 58 + 172, "only Bob is still recorded");

        relay.Command("Rs call alice bob").ShouldBe("0", "joins again");
        call.AliceSpeaks(2);
        relay.Recordings.Files["call=alice.pcap"].Length.ShouldBe(24 + (2 * (58 + 172)));
        relay.Command("Na call alice bob").ShouldBe("0");
        relay.Recordings.Files["call=alice.pcap"].IsClosed.ShouldBeTrue();
        relay.Events.Lines.Where(l => l.EndsWith("recording")).ShouldBe(
        [
            "call Caller Rtp recording", "call Caller Rtcp recording", "call Callee Rtcp recording", "call Caller Rtcp recording",
        ]);
    }

    [Fact]
    public void Without_RTCP_a_shared_file_has_none()
    {
        var relay = new VirtualRelay(new RelayOptions { RecordPcap = true, SkipRtcpRecording = true });
        var call = new Call(relay);
        relay.Command("Rs call alice bob").ShouldBe("0");
        call.ReportFromAlice(Alice.WithPort(40_001)).ShouldBe(Bob.WithPort(50_001));

        relay.Recordings.Files["call=alice.pcap"].Length.ShouldBe(24);
    }

    [Fact]
    public void Re_framed_packets_are_recorded_and_prompts_are_not()
    {
        _relay.Prompts.Files[("music", 0)] = new byte[800];
        var call = new Call(_relay, modifiers: "z40");
        _relay.Command("R call alice bob");
        _relay.Command("R call bob alice");
        call.AliceSpeaks(0);
        Length("call=alice.o.rtp").ShouldBe(0);
        call.AliceSpeaks(1);
        Length("call=alice.o.rtp").ShouldBe(30 + 12 + 320);

        _relay.Command("P-1 call music 0 bob alice").ShouldBe("0");
        _relay.AdvanceSeconds(1).ShouldNotBeEmpty();
        call.ReportFromAlice(Alice.WithPort(40_001)).ShouldNotBeNull();
        call.AliceSpeaks(2);
        call.AliceSpeaks(3);

        Length("call=alice.o.rtp").ShouldBe(30 + 12 + 320, "Bob hears music, not Alice");
        Length("call=alice.o.rtcp").ShouldBe(38);
        Length("call=alice.a.rtp").ShouldBe(0);
    }

    [Fact]
    public void A_full_disk_costs_records_not_packets()
    {
        var call = new Call(_relay);
        _relay.Command("R call alice bob");
        _relay.Recordings.Files["call=alice.o.rtp"].IsFull = true;

        call.AliceSpeaks(1).ShouldBe(Bob);
        call.AliceSpeaks(2).ShouldBe(Bob);

        _relay.Workers[0].Statistics.RecordsLost.ShouldBe(2UL);
        _relay.Command("G npkts_relayed npkts_discard").ShouldBe("2 0");
        _relay.Command("N call alice").ShouldBe("0");
    }

    [Fact]
    public void Files_that_come_after_the_session_are_closed()
    {
        foreach (string command in (string[])["R call alice bob", "C call name alice bob"])
        {
            _ = new Call(_relay);
            CommandRun run = _relay.BeginUntilOffWorker(command);
            _relay.Command("D call alice").ShouldBe("0");

            _relay.Finish(run)[0].ShouldBe('E');
        }

        _relay.Recordings.Files.Count.ShouldBe(4);
        _relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed);
    }

    [Fact]
    public void A_stop_that_overtakes_the_opening_of_files_wins()
    {
        foreach (string command in (string[])["R call alice bob", "C call name alice bob"])
        {
            var call = new Call(_relay);
            CommandRun run = _relay.BeginUntilOffWorker(command);
            _relay.Command("N call alice bob").ShouldBe("0");

            _relay.Finish(run).ShouldBe("0");
            call.AliceSpeaks(1);
            _relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed && f.Length == 0);
            _relay.Command("N call alice bob").ShouldBe("E50");
            _relay.Command("D call alice");
        }
    }

    [Fact]
    public void Of_two_commands_under_way_only_one_opens_files()
    {
        var call = new Call(_relay);
        CommandRun first = _relay.BeginUntilOffWorker("R call alice bob");
        _relay.Command("R call alice bob").ShouldBe("0", "already under way");
        _relay.Recordings.Files.ShouldBeEmpty();
        _relay.Finish(first).ShouldBe("0");
        call.AliceSpeaks(1);

        Length("call=alice.o.rtp").ShouldBe(RecordLength);
    }

    [Fact]
    public void A_command_that_waits_for_files_does_not_hold_up_the_media()
    {
        var call = new Call(_relay);
        CommandRun run = _relay.BeginUntilOffWorker("R call alice bob");
        call.AliceSpeaks(1).ShouldBe(Bob);
        _relay.Finish(run).ShouldBe("0");
        call.AliceSpeaks(2).ShouldBe(Bob);

        Length("call=alice.o.rtp").ShouldBe(RecordLength);
    }

    [Theory]
    [InlineData(false, "R")]
    [InlineData(true, "R")]
    [InlineData(true, "Rs")]
    public void Recording_allocates_nothing(bool pcap, string command)
    {
        var relay = new VirtualRelay(new RelayOptions { RecordPcap = pcap });
        var call = new Call(relay);
        relay.Command($"{command} call alice bob").ShouldBe("0");
        foreach (VirtualRecording file in relay.Recordings.Files.Values)
        {
            file.IsBottomless = true;
        }

        (int worker, var rtp) = relay.Ports.Find(call.PortForAlice);
        (_, var rtcp) = relay.Ports.Find(call.PortForAlice + 1);
        byte[] packet = RtpBytes.Rtp(1);
        byte[] report = RtpBytes.ReceiverReport();
        var sink = new CountingSink();
        var arrival = new Arrival(relay.Now, relay.WallMicroseconds);

        Allocations.AssertNone(() =>
        {
            RtpBytes.GoOn(packet);
            RtpBytes.Vary(report);
            relay.Workers[worker].OnDatagram(rtp, Alice, packet, arrival, ref sink);
            relay.Workers[worker].OnDatagram(rtcp, Alice.WithPort(40_001), report, arrival, ref sink);
        });

        sink.Sent.ShouldBe(10_000);
    }

    private int Length(string name) => _relay.Recordings.Files[name].Length;

    private bool WantsDetails(int port)
    {
        (int worker, var id) = _relay.Ports.Find(port);
        return _relay.Ports.SocketOf(worker, id).WantsDetails;
    }
}
