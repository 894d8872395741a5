using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Tests.Playback;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Recording;

/// <summary>Commands that meet while files are being opened (control protocol, section 3.11): each party is recorded as the last one about it said.</summary>
public sealed class RecordingInterleavings
{
    private const int Header = 24;
    private const int Record = 58 + 172;

    [Theory]
    [InlineData("Rs call alice bob", "Rs call bob alice", "call=alice.pcap")]
    [InlineData("Rs call bob alice", "Rs call alice bob", "call=alice.pcap")]
    [InlineData("Cs call both alice bob", "Cs call both bob alice", "both.pcap")]
    [InlineData("Cs call both alice bob", "Rs call bob alice", "both.pcap")]
    [InlineData("Cs call both alice bob", "Cs call another bob alice", "both.pcap")]
    public void Both_parties_share_a_file_that_is_still_being_opened(string first, string second, string file)
    {
        file = file.Replace("both.pcap", "both", StringComparison.Ordinal);
        foreach (bool inOrder in (bool[])[true, false])
        {
            VirtualRelay relay = Pcap();
            var call = new Call(relay);
            CommandRun one = relay.BeginUntilOffWorker(first);
            CommandRun other = relay.BeginUntilOffWorker(second);
            relay.Finish(inOrder ? one : other).ShouldBe("0");
            relay.Finish(inOrder ? other : one).ShouldBe("0");
            call.AliceSpeaks(1);
            call.BobSpeaks(1);

            relay.Recordings.Files.Keys.ShouldBe([file]);
            relay.Recordings.Files[file].Length.ShouldBe(Header + (2 * Record));
            relay.Command("N call alice").ShouldBe("0");
            relay.Recordings.Files[file].IsClosed.ShouldBeFalse();
            call.BobSpeaks(2);
            relay.Command("N call bob alice").ShouldBe("0");
            relay.Recordings.Files[file].IsClosed.ShouldBeTrue();
            relay.Recordings.Files[file].Length.ShouldBe(Header + (3 * Record));
        }
    }

    [Fact]
    public void Where_the_shared_file_cannot_be_opened_both_hear_so()
    {
        VirtualRelay relay = Pcap();
        _ = new Call(relay);
        relay.Recordings.Refused.Add("call=alice.pcap");
        CommandRun one = relay.BeginUntilOffWorker("Rs call alice bob");
        CommandRun other = relay.BeginUntilOffWorker("Rs call bob alice");

        relay.Finish(one).ShouldBe("E50");
        relay.Finish(other).ShouldBe("E50");
        relay.Command("Na call alice").ShouldBe("E50");
        relay.Recordings.Refused.Clear();
        relay.Command("Rs call bob alice").ShouldBe("0");
    }

    [Theory]
    [InlineData("alice bob", true)]
    [InlineData("bob alice", true)]
    [InlineData("alice bob", false)]
    [InlineData("bob alice", false)]
    public void A_stop_for_one_party_while_files_open_leaves_the_other_alone(string stopped, bool all)
    {
        VirtualRelay relay = Pcap(all);
        Call call;
        CommandRun[] runs;
        if (all)
        {
            runs = [relay.BeginUntilOffWorker("U call 192.0.2.10 40000 alice")];
            call = new Call(relay);
        }
        else
        {
            call = new Call(relay);
            runs = [relay.BeginUntilOffWorker("Rs call alice bob"), relay.BeginUntilOffWorker("Rs call bob alice")];
        }

        relay.Command($"N call {stopped}").ShouldBe("0");
        Array.ForEach(runs, run => relay.Finish(run)[0].ShouldNotBe('E'));
        call.AliceSpeaks(1);
        call.BobSpeaks(1);

        relay.Recordings.Files["call=alice.pcap"].Length.ShouldBe(Header + Record);
        relay.Recordings.Files["call=alice.pcap"].IsClosed.ShouldBeFalse();
        relay.Command($"N call {stopped}").ShouldBe("E50");
        relay.Command("Na call alice").ShouldBe("0");
        relay.Recordings.Files["call=alice.pcap"].IsClosed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false, "R", "call=alice.o.rtp")]
    [InlineData(true, "R", "call=alice.o.rtp")]
    [InlineData(true, "Rs", "call=alice.pcap")]
    public void A_recording_that_is_stopped_and_begun_again_while_its_files_open_takes_them(bool pcap, string command, string file)
    {
        foreach (bool inOrder in (bool[])[true, false])
        {
            var relay = new VirtualRelay(new RelayOptions { RecordPcap = pcap });
            var call = new Call(relay);
            CommandRun first = relay.BeginUntilOffWorker($"{command} call alice bob");
            relay.Command("N call alice").ShouldBe("0");
            CommandRun second = relay.BeginUntilOffWorker($"{command} call alice bob");
            relay.Finish(inOrder ? first : second).ShouldBe("0");
            relay.Finish(inOrder ? second : first).ShouldBe("0");
            call.AliceSpeaks(1);

            relay.Recordings.Opened.Count(name => name == file).ShouldBe(1);
            relay.Recordings.Files[file].IsClosed.ShouldBeFalse();
            relay.Recordings.Files[file].Length.ShouldBe(pcap ? Header + Record : 30 + 172);
            relay.Command("D call alice");
            relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed);
        }
    }

    [Fact]
    public void A_party_that_joins_the_file_of_the_other_keeps_it_when_the_other_stops_meanwhile()
    {
        VirtualRelay relay = Pcap();
        var call = new Call(relay);
        relay.Command("Rs call alice bob").ShouldBe("0");
        relay.Command("U call 192.0.2.10 40002 alice;2").ShouldNotBe("0");
        CommandRun both = relay.BeginUntilOffWorker("Rs call bob alice"); // joins the one, opens the file of the other line
        relay.Command("N call alice bob").ShouldBe("0");
        relay.Finish(both).ShouldBe("0");
        call.BobSpeaks(1);

        relay.Recordings.Files["call=alice.pcap"].Length.ShouldBe(Header + Record);
        relay.Recordings.Files["call=alice.pcap"].IsClosed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("D call alice")]
    [InlineData("X")]
    public void Files_that_come_after_the_session_are_closed_however_many_wait_for_them(string end)
    {
        VirtualRelay relay = Pcap();
        _ = new Call(relay);
        CommandRun one = relay.BeginUntilOffWorker("Rs call alice bob");
        CommandRun other = relay.BeginUntilOffWorker("Rs call bob alice");
        relay.Command(end).ShouldBe("0");
        _ = new Call(relay);

        relay.Finish(other).ShouldBe("E50");
        relay.Finish(one).ShouldBe("E50");

        relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed);
        relay.Command("Rs call alice bob").ShouldBe("0");
    }

    [Fact]
    public void Another_port_while_files_open_is_recorded_from()
    {
        VirtualRelay relay = Pcap();
        _ = new Call(relay);
        CommandRun run = relay.BeginUntilOffWorker("Rs call alice bob");
        int port = relay.Port("Ln call 198.51.100.20 50000 alice bob");
        relay.Finish(run).ShouldBe("0");
        relay.Receive(Alice, port, RtpBytes.Rtp(1)).ShouldHaveSingleItem();

        relay.Recordings.Files["call=alice.pcap"].Length.ShouldBe(Header + Record);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Media_lines_whose_tags_differ_only_in_the_number_are_recorded_in_files_of_their_own(bool pcap)
    {
        foreach (string[] tags in (string[][])[["f;1", "f"], ["f", "f;1"], ["f;1", "f;2", "f"], ["f;2", "f", "f;1"]])
        {
            var relay = new VirtualRelay(new RelayOptions { RecordAll = true, RecordPcap = pcap });
            foreach (string tag in tags)
            {
                relay.Port($"U call 192.0.2.10 40000 {tag}");
            }

            relay.Recordings.Files.Count.ShouldBe(tags.Length * (pcap ? 1 : 4));
            relay.Recordings.Files.Values.ShouldAllBe(f => !f.IsClosed);
        }
    }

    private static VirtualRelay Pcap(bool all = false) => new(new RelayOptions { RecordPcap = true, RecordAll = all });
}
