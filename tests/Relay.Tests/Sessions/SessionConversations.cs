using System.Net;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Ports;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Sessions;

/// <summary>Life of sessions: completion, flags, ports, time-outs, drain; on one worker and on several.</summary>
public sealed class SessionConversations
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Many_calls_come_and_go_without_leaving_anything(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 500; i++)
            {
                var call = new Call(relay, $"call{i}");
                call.AliceSpeaks(1).ShouldBe(Bob);
            }

            relay.SessionCount.ShouldBe(500);
            relay.Command("I").ShouldContain("active sessions: 500\nactive streams: 1000");
            for (int i = 0; i < 500; i++)
            {
                relay.Command($"D call{i} alice").ShouldBe("0");
            }

            relay.SessionCount.ShouldBe(0);
            relay.Ports.OpenPairs.ShouldBe(0);
        }

        relay.Command("G nsess_created nsess_destroyed").ShouldBe("1500 1500");
    }

    [Fact]
    public void A_failed_creation_leaves_nothing()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions { Ports = new VirtualPorts(27_000, 27_002) });
        relay.Port("U a 192.0.2.1 4000 f");
        relay.Port("U b 192.0.2.1 4000 f");

        relay.Command("U c 192.0.2.1 4000 f").ShouldBe("E72");
        relay.Command("L a 192.0.2.1 4000 f t").ShouldBe("E71");
        relay.Command("Q c f").ShouldBe("E50");
        relay.Command("D b f").ShouldBe("0");

        relay.Port("L a 192.0.2.1 4000 f t").ShouldBe(27_002, "the freed pair is found again");
    }

    [Fact]
    public void A_session_whose_port_cannot_be_told_is_not_made()
    {
        var relay = new VirtualRelay();
        byte[] cookie = new byte[DatagramCommand.MaxCookieLength];
        Array.Fill(cookie, (byte)'c');

        ReadOnlySpan<byte> reply = relay.Execute("Ul[2001:db8::1111:2222:3333] a 192.0.2.1 4000 f"u8, cookie).Span;

        reply[(cookie.Length + 1)..].ToArray().ShouldBe("E86\n"u8.ToArray());
        relay.Command("Q a f").ShouldBe("E50");
        relay.Ports.OpenPairs.ShouldBe(0);
        relay.Command("G nsess_created nsess_destroyed").ShouldBe("0 0");
    }

    [Fact]
    public void X_leaves_the_sessions_of_later_commands_alone()
    {
        var relay = new VirtualRelay(new RelayOptions(), workers: 3);
        string[] calls = [.. Enumerable.Range(0, 20).Select(i => $"call{i}")];
        Array.ForEach(calls, call => relay.Port($"U {call} 192.0.2.1 4000 old"));
        CommandRun deletion = relay.Control.Begin("X"u8, default, default);
        deletion.RunOnWorker(relay.Workers[deletion.Worker], relay.Now);

        Array.ForEach(calls, call => relay.Port($"U {call} 192.0.2.1 4000 new"));
        while (deletion.Next != OperationPlace.Finished)
        {
            deletion.RunOnWorker(relay.Workers[deletion.Worker], relay.Now);
        }

        calls.ShouldAllBe(call => relay.Command($"Q {call} new") == "60 0 0 0 0");
        calls.ShouldAllBe(call => relay.Command($"Q {call} old") == "E50");
    }

    [Fact]
    public void Running_out_of_descriptors_is_answered_like_running_out_of_ports_and_told()
    {
        var relay = new VirtualRelay();
        relay.Ports.PairLimit = 1;
        relay.Port("U a 192.0.2.1 4000 f");

        relay.Command("U b 192.0.2.1 4000 f").ShouldBe("E72");

        relay.Events.Lines.ShouldContain($"b no ports: {PortOpening.DescriptorsExhausted}");
        relay.Command("L a 192.0.2.1 4000 f t").ShouldBe("E71");
        relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void A_new_port_replaces_the_old_one_and_keeps_what_was_learned()
    {
        var relay = new VirtualRelay();
        var call = new Call(relay);
        call.AliceSpeaks(1);

        int port = relay.Port("Un call 192.0.2.10 40000 alice");

        port.ShouldNotBe(call.PortForBob);
        relay.Receive(Bob, port, RtpBytes.Rtp(1)).ShouldHaveSingleItem().To.ShouldBe(Alice);
        relay.Ports.OpenPairs.ShouldBe(2);
        call.Query().ShouldBe("60 1 1 2 0");
    }

    [Fact]
    public void A_new_port_that_cannot_be_had_leaves_the_old_one()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions { Ports = new VirtualPorts(27_000, 27_002) });
        var call = new Call(relay);

        relay.Command("Un call 192.0.2.10 40000 alice").ShouldBe("E71");

        call.AliceSpeaks(1).ShouldBe(Bob);
        call.BobSpeaks(1).ShouldBe(Alice);
    }

    [Fact]
    public void A_session_times_out_within_a_second_after_its_limit()
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = 3 });
        var call = new Call(relay);
        relay.AdvanceSeconds(0.4);
        call.AliceSpeaks(1);

        relay.AdvanceSeconds(3.0);
        relay.SessionCount.ShouldBe(1);
        relay.AdvanceSeconds(1.0);

        relay.SessionCount.ShouldBe(0);
        relay.Command("G nsess_timeout nsess_destroyed").ShouldBe("1 1");
        relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void A_machine_that_slept_loses_no_call()
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = 60 });
        var call = new Call(relay);

        relay.Sleep(TimeSpan.FromHours(1));

        relay.SessionCount.ShouldBe(1);
        call.AliceSpeaks(1).ShouldBe(Bob);
        relay.AdvanceSeconds(62);
        relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void Only_media_and_commands_of_the_session_keep_it_alive()
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = 5 });
        var call = new Call(relay);
        call.AliceSpeaks(1);
        relay.AdvanceSeconds(3);

        call.FromAlice(Mallory, RtpBytes.Rtp(1, ssrc: 666));
        call.Query("ttl").ShouldBe("2", "neither strangers nor queries restart the timer");
        call.ReportFromAlice(Alice.WithPort(40_001));
        call.Query("ttl").ShouldBe("5");
        relay.AdvanceSeconds(2);
        relay.Command($"L call {Bob.ToIPAddress()} {Bob.Port} alice bob");
        call.Query("ttl").ShouldBe("5");
    }

    [Fact]
    public void With_independent_time_outs_one_silent_party_ends_the_session()
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = 3, IndependentTimeouts = true });
        var call = new Call(relay);
        for (int i = 0; i < 40 && relay.SessionCount > 0; i++)
        {
            call.AliceSpeaks(i);
            relay.AdvanceSeconds(0.1);
        }

        relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void The_setup_limit_holds_until_the_session_is_complete()
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = 100, SetupTtlSeconds = 10 });
        relay.Port("U call 192.0.2.10 40000 alice");
        relay.Command("Q call alice bob ttl").ShouldBe("10");

        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Command("Q call alice bob ttl").ShouldBe("100");
    }

    [Fact]
    public void A_time_out_is_told_to_who_was_named_last()
    {
        var notices = new VirtualNotices("unix:/a", "unix:/b");
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Relay = new RelayOptions { TtlSeconds = 1 },
            Notices = notices,
        });
        relay.Port("U one 192.0.2.1 4000 f t unix:/a tag%201");
        relay.Port("U one 192.0.2.1 4000 f t unix:/b x%00%0Ay");
        relay.Port("U two 192.0.2.1 4000 f t unix:/a tag");
        relay.Port("U two 192.0.2.1 4000 f t");
        relay.Port("U three 192.0.2.1 4000 f t unix:/other tag");
        relay.Port("U four 192.0.2.1 4000 f t unix:/a gone");
        relay.Command("D four f");

        relay.AdvanceSeconds(3);

        relay.SessionCount.ShouldBe(0);
        notices.Posted.ShouldHaveSingleItem().ShouldBe(("unix:/b", "x\0\ny\n"));
    }

    [Fact]
    public void A_missing_to_tag_matches_nothing()
    {
        var relay = new VirtualRelay();
        relay.Port("U c 192.0.2.1 4000 ;1");

        relay.Command("D c f").ShouldBe("E50");
        relay.Command("Q c ;1").ShouldStartWith("60 ");
    }

    [Fact]
    public void A_complete_tag_deletes_one_media_line_and_a_base_tag_all()
    {
        var relay = new VirtualRelay();
        foreach (string tag in (string[])["f;1", "f;2", "f;3", "g;1"])
        {
            relay.Port($"U c 192.0.2.1 4000 {tag}");
        }

        relay.Command("D c f;2").ShouldBe("0");
        relay.SessionCount.ShouldBe(3);
        relay.Command("D c x f").ShouldBe("0");
        relay.SessionCount.ShouldBe(1);
        relay.Command("Q c g;1").ShouldStartWith("60 ");
    }

    [Fact]
    public void Bridging_puts_each_party_on_its_own_side()
    {
        var book = new VirtualAddressBook(
            new LocalAddress(IPAddress.Parse("10.0.0.1")), new LocalAddress(IPAddress.Parse("192.0.2.1")))
        { IsBridging = true };
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Addresses = book,
            Relay = new RelayOptions { AsymmetricByDefault = true },
        });
        int forBob = int.Parse(relay.Command("Uie c 10.0.0.9 4000 f").Replace(" 192.0.2.1", "", StringComparison.Ordinal), null);
        string forAlice = relay.Command("Lei c 198.51.100.20 5000 f t");

        forAlice.ShouldEndWith(" 10.0.0.1");
        relay.Receive(At("198.51.100.20", 777), forBob, RtpBytes.Rtp(1)).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                d => d.From.ToIPAddress().ToString().ShouldBe("10.0.0.1"),
                d => d.To.ShouldBe(At("10.0.0.9", 4000)));
    }

    [Fact]
    public void The_TOS_of_a_leg_is_set_now_and_on_ports_opened_later()
    {
        var relay = new VirtualRelay();
        int forBob = relay.Port("U c 192.0.2.1 4000 f t && S tos=16 && Sr tos=32");
        int forAlice = relay.Port("L c 192.0.2.2 4000 f t");

        TosOf(forBob).ShouldBe((byte)32);
        TosOf(forAlice).ShouldBe((byte)16);

        byte? TosOf(int port)
        {
            (int worker, PortId id) = relay.Ports.Find(port);
            return relay.Ports.SocketOf(worker, id).Tos;
        }
    }

    [Fact]
    public void Draining_refuses_new_sessions_and_serves_the_old()
    {
        var relay = new VirtualRelay();
        var call = new Call(relay);
        relay.Operations.BeginDrain();

        relay.Command("U other 192.0.2.1 4000 f").ShouldBe("E99");
        call.AliceSpeaks(1).ShouldBe(Bob);
        relay.Port("U call 192.0.2.10 40000 alice").ShouldBe(call.PortForBob);
        relay.Command("D call alice").ShouldBe("0");
        relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void A_notify_pair_without_any_permitted_target_changes_nothing()
    {
        var relay = new VirtualRelay();

        relay.Command("U c 192.0.2.1 4000 f t unix:/x tag").ShouldBe("E75");

        relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void Bad_commands_never_touch_a_session()
    {
        var relay = new VirtualRelay();
        var call = new Call(relay);
        var random = new Random(1);
        byte[] alphabet = [.. "ULDPSRCNQGIXV call alice bob 192.0.2.10 40000 z20 && ;1\t\0\xff"u8];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] line = new byte[random.Next(60)];
            for (int j = 0; j < line.Length; j++)
            {
                line[j] = alphabet[random.Next(alphabet.Length)];
            }

            if (line is not [(byte)'X' or (byte)'x', ..])
            {
                relay.Execute(line).Span[^1].ShouldBe((byte)'\n');
            }
        }

        relay.Ports.OpenPairs.ShouldBeGreaterThanOrEqualTo(2);
        call.CallId.ShouldBe("call");
    }
}
