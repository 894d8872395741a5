using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Recording;

/// <summary>What <c>R</c>, <c>C</c> with a file name and <c>N</c> answer (control protocol, section 3.11).</summary>
public sealed class RecordConversations
{
    [Fact]
    public void Separate_files()
    {
        var relay = new VirtualRelay();
        _ = new Call(relay);
        Ask(relay,
        [
            ("R call alice", "0"),
            ("R call alice", "0"), // already
            ("R call bob alice", "0"),
            ("Rs call alice", "0"), // without -P as without s
            ("N call alice", "0"),
            ("N call alice", "E50"), // not recording
            ("Na call bob alice", "0"),
            ("Na call bob alice", "E50"),
            ("C call name1 alice", "0"),
            ("C call name2 alice", "0"), // already
            ("Cs call name2 alice", "0"),
            ("R call alice", "0"),
            ("N call alice", "0"),
            ("Cp call name1 alice", "E65"), // a file has no port
            ("Rp call alice", "E6"),
            ("Rx call alice", "E7"),
            ("Cx call name1 alice", "E7"),
            ("Nx call alice", "E7"),
            ("Nax call alice", "E6"),
            ("R call nope", "E50"),
            ("R nope alice", "E50"),
            ("C call name1 nope", "E50"),
            ("C nope name1 alice", "E50"),
            ("N call nope", "E50"),
            ("N nope alice", "E50"),
            ("R call", "E1"),
            ("N call", "E1"),
            ("C call name1", "E1"),
        ]);
        relay.Recordings.Files.Keys.ShouldBe(
        [
            "call=alice.o.rtp", "call=alice.o.rtcp", "call=alice.a.rtp", "call=alice.a.rtcp", "name1.rtp", "name1.rtcp",
        ]);
        relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed && f.Length == 0);
    }

    [Fact]
    public void Without_a_directory_nothing_is_recorded()
    {
        var relay = new VirtualRelay();
        relay.Recordings.IsConfigured = false;
        _ = new Call(relay);
        Ask(relay, [("R call alice", "E50"), ("C call name1 alice", "E65"), ("N call alice", "E50")]);
        relay.Events.Lines.Count(l => l == "call no recording: directory for saving local recordings is not configured")
            .ShouldBe(2);
    }

    [Fact]
    public void A_single_file()
    {
        var relay = new VirtualRelay(new RelayOptions { RecordPcap = true });
        _ = new Call(relay);
        Ask(relay,
        [
            ("Rs call alice", "0"),
            ("Rs call alice", "E50"), // the same party again
            ("Cs call other alice", "E65"),
            ("R call alice", "0"), // but this one changes nothing
            ("Rs call bob alice", "0"), // joins
            ("Na call alice", "0"),
            ("Cs call movie.pcap alice", "0"),
            ("Cs call other.pcap bob alice", "0"), // joins, whatever its name
            ("Na call alice", "0"),
        ]);
        relay.Recordings.Files.Keys.ShouldBe(["call=alice.pcap", "movie.pcap"]);
        relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed && f.Length == 24);
    }

    [Fact]
    public void A_file_that_cannot_be_made_fails_the_command_and_leaves_nothing_open()
    {
        var relay = new VirtualRelay();
        relay.Recordings.Refused.Add("call=alice.o.rtp");
        relay.Recordings.Refused.Add("call=alice.a.rtcp");
        relay.Recordings.Refused.Add("name1.rtp");
        _ = new Call(relay);
        Ask(relay, [("R call alice", "E50"), ("R call bob alice", "E50"), ("C call name1 alice", "E65"), ("N call alice", "E50")]);

        relay.Recordings.Files.Keys.ShouldBe(["call=alice.a.rtp"]);
        relay.Recordings.Files["call=alice.a.rtp"].IsClosed.ShouldBeTrue("one without the other is not kept");
        relay.Recordings.Refused.Clear();
        Ask(relay, [("R call alice", "0"), ("R call bob alice", "0")]);
    }

    [Fact]
    public void All_media_lines_of_a_party_are_recorded_at_once()
    {
        var relay = new VirtualRelay();
        relay.Port("U call 192.0.2.10 40000 alice;1");
        relay.Port("U call 192.0.2.10 40002 alice;2");
        relay.Port("U call 192.0.2.10 40004 bob;1"); // another party's
        Ask(relay, [("R call alice", "0")]);

        relay.Recordings.Files.Keys.ShouldBe(
            ["call=alice.o.rtp", "call=alice.o.rtcp", "call=alice;2.o.rtp", "call=alice;2.o.rtcp"]);

        relay.Recordings.Refused.Add("call=alice.o.rtp");
        Ask(relay, [("N call alice;1", "0"), ("N call alice", "0"), ("R call alice", "0"), ("N call alice;1", "E50")]);
    }

    [Fact]
    public void The_first_media_line_keeps_its_name_for_good()
    {
        var relay = new VirtualRelay();
        relay.Port("U call 192.0.2.10 40000 alice;0");
        relay.Port("U call 192.0.2.10 40002 alice;1");
        Ask(relay, [("R call alice;0", "0"), ("D call alice;0", "0"), ("R call alice;1", "0")]);

        relay.Recordings.Files.Keys.ShouldBe(
            ["call=alice.o.rtp", "call=alice.o.rtcp", "call=alice;1.o.rtp", "call=alice;1.o.rtcp"]);
    }

    [Fact]
    public void A_party_is_named_by_the_session_tag_whoever_asks()
    {
        var relay = new VirtualRelay();
        _ = new Call(relay);
        Ask(relay, [("R call bob alice", "0")]);

        relay.Recordings.Files.Keys.ShouldBe(["call=alice.a.rtp", "call=alice.a.rtcp"]);
    }

    [Fact]
    public void Without_RTCP_there_is_no_file_for_it()
    {
        var relay = new VirtualRelay(new RelayOptions { SkipRtcpRecording = true });
        _ = new Call(relay);
        Ask(relay, [("R call alice", "0"), ("C call name1 bob alice", "0")]);

        relay.Recordings.Files.Keys.ShouldBe(["call=alice.o.rtp", "name1.rtp"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_option_a_both_parties_are_recorded_from_the_start(bool pcap)
    {
        var relay = new VirtualRelay(new RelayOptions { RecordAll = true, RecordPcap = pcap }, workers: 2);

        var call = new Call(relay);

        string[] names = pcap
            ? ["call=alice.pcap"]
            : ["call=alice.o.rtp", "call=alice.o.rtcp", "call=alice.a.rtp", "call=alice.a.rtcp"];
        relay.Recordings.Files.Keys.ShouldBe(names);
        call.AliceSpeaks(1);
        call.BobSpeaks(1);
        relay.Recordings.Files.Values.Sum(f => f.Length).ShouldBe(pcap ? 24 + (2 * (58 + 172)) : 2 * (30 + 172));
        Ask(relay, [("R call alice", "0"), ("Na call alice", "0")]);
        relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed);
        _ = new Call(relay, "second");
        relay.Command("X");
        relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed);
    }

    [Fact]
    public void With_option_a_a_session_goes_on_unrecorded_when_there_is_no_directory()
    {
        var relay = new VirtualRelay(new RelayOptions { RecordAll = true });
        relay.Recordings.IsConfigured = false;

        new Call(relay).AliceSpeaks(1).ShouldNotBeNull();

        relay.Events.Lines.Count(l => l.StartsWith("call no recording")).ShouldBe(2);
    }

    [Fact]
    public void With_option_a_the_reply_has_its_sub_commands_and_its_cookie()
    {
        var relay = new VirtualRelay(new RelayOptions { RecordAll = true });

        System.Text.Encoding.Latin1.GetString(
                relay.Execute("U call 192.0.2.10 40000 alice bob && L 198.51.100.20 50000"u8, "cookie"u8).Span)
            .ShouldBe("cookie 35000 && 35002\n");
        relay.Command("U gone 192.0.2.10 40000 alice && D").ShouldBe("35004");
        relay.Recordings.Files.Keys.ShouldNotContain(n => n.StartsWith("gone"));
    }

    private static void Ask(VirtualRelay relay, (string Command, string Reply)[] dialogue)
    {
        foreach ((string command, string reply) in dialogue)
        {
            relay.Command(command).ShouldBe(reply, command);
        }
    }
}
