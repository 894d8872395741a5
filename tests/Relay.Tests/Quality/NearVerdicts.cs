using System.Buffers.Binary;
using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>What real calls do that looks like a fault and is none, or like another fault than it is.</summary>
public sealed class NearVerdicts
{
    private readonly VirtualRelay _relay = new(new VirtualRelayOptions
    {
        Addresses = new VirtualAddressBook(new LocalAddress(IPAddress.Any), new LocalAddress(IPAddress.IPv6Any)),
    });

    [Fact]
    public void A_muted_phone_whose_reports_go_on_has_not_stopped()
    {
        var talk = new Talk(_relay).For(6);

        for (int i = 0; i < 12; i++)
        {
            talk.Call.ReportFromBob(Bob.WithPort(50_001));
            talk.OnlyAlice(5).Words.ShouldBe("ok");
        }

        talk.OnlyAlice(16).Words.ShouldBe("one-way-stopped Callee", "the reports have ended too");
    }

    [Fact]
    public void Reports_at_the_RTP_port_count_as_well()
    {
        var talk = new Talk(_relay).For(6);

        for (int i = 0; i < 4; i++)
        {
            talk.Call.FromBob(Bob, RtpBytes.ReceiverReport(8));
            talk.OnlyAlice(5).Words.ShouldBe("ok");
        }
    }

    [Fact]
    public void A_party_whose_reports_count_packets_that_do_not_come_has_stopped_on_the_way()
    {
        var talk = new Talk(_relay).For(6);
        talk.Call.FromBob(Bob, SenderReport(60));

        for (uint i = 1; i < 5; i++)
        {
            _relay.Receive(Bob.WithPort(50_001), talk.Call.PortForBob + 1, SenderReport(60 + (i * 250)));
            talk.OnlyAlice(5);
        }

        talk.Words.ShouldBe("one-way-stopped Callee");
        talk.Report.Callee.ClaimsToSpeak.ShouldBeTrue();
    }

    [Fact]
    public void Comfort_noise_before_the_silence_says_that_the_party_only_listens()
    {
        var talk = new Talk(_relay).For(6);
        talk.Call.FromBob(Bob, RtpBytes.Rtp(61, ssrc: 8, payloadType: 13, length: 1));

        talk.OnlyAlice(50).Words.ShouldBe("ok");
        talk.OnlyAlice(12).Words.ShouldBe("one-way-stopped Callee");
    }

    [Fact]
    public void A_party_that_has_paused_before_without_losing_a_packet_saves_silence()
    {
        var talk = new Talk(_relay);
        int sequence = 0;
        for (int spurt = 0; spurt < 4; spurt++)
        {
            for (int i = 0; i < 10; i++, sequence++)
            {
                talk.Call.FromBob(Bob, RtpBytes.Rtp(sequence, 8, (uint)((sequence * 160) + (spurt * 16_000)), marker: i == 0));
                talk.OnlyAlice(0.1);
            }

            talk.OnlyAlice(2);
        }

        talk.OnlyAlice(30).Words.ShouldBe("ok");
        talk.OnlyAlice(40).Words.ShouldBe("one-way-stopped Callee");
    }

    [Fact]
    public void Both_stop_at_once_when_a_call_is_over()
    {
        new Talk(_relay).For(10).Silence(40).Words.ShouldBe("waiting");
    }

    [Fact]
    public void A_phone_behind_a_NAT_that_is_heard_is_well()
    {
        var talk = new Talk(_relay, BehindNat(_relay)) { AliceIs = At("198.18.0.1", 1234) };

        talk.For(6).Words.ShouldBe("ok");
        talk.Report.Caller.Signalled.ShouldBe(Home);
        talk.Report.Caller.Learned.ShouldBe(At("198.18.0.1", 1234));
    }

    [Fact]
    public void A_NAT_that_rebinds_costs_no_verdict()
    {
        var talk = new Talk(_relay, BehindNat(_relay)) { AliceIs = At("198.18.0.1", 1234) };
        talk.For(10);

        talk.AliceIs = At("198.18.0.1", 4321);
        talk.For(6).Words.ShouldBe("ok");
        talk.Report.Caller.Learned.Port.ShouldBe((ushort)4321);
        talk.Report.Caller.LearnedAgo.ShouldNotBeNull().ShouldBeLessThan(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData("10.1.1.1", null, "10.2.3.4", "one-way Callee")] // one company's network
    [InlineData("10.1.1.1", null, "192.168.3.4", "private-address Callee")]
    [InlineData("10.1.1.1", "203.0.113.1", "10.2.3.4", "private-address Callee")] // in a cloud, with a public address told
    [InlineData("10.1.1.1", "203.0.113.1", "10.1.1.7", "one-way Callee")] // a neighbour there
    [InlineData("203.0.113.1", null, "10.2.3.4", "private-address Callee")]
    [InlineData("127.0.0.1", null, "127.0.0.1", "one-way Callee")] // everything on one machine
    [InlineData("2001:db8::1", null, "fd00::7", "private-address Callee")]
    [InlineData("fd00::1", null, "fd00::7", "one-way Callee")]
    [InlineData("2001:db8::1", null, "2001:db8:1::7", "one-way Callee")]
    public void A_private_address_is_a_fault_only_where_it_cannot_be_ours_too(
        string local, string? advertised, string bob, string verdict)
    {
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Addresses = new VirtualAddressBook(new LocalAddress(IPAddress.Parse(local), advertised)),
        });
        Endpoint alice = local.Contains(':', StringComparison.Ordinal) ? At("2001:db8::10", 40_000)
            : local.StartsWith("127.", StringComparison.Ordinal) ? At("127.0.0.1", 40_000)
            : Alice;
        string six = alice.IsIPv6 ? "6" : "";

        new Talk(relay, new Call(relay, modifiers: six, alice: alice, bob: At(bob, 50_000))).OnlyAlice(7).Words.ShouldBe(verdict);
    }

    [Fact]
    public void A_fax_that_both_send_is_no_fault()
    {
        var talk = new Talk(_relay).For(10);
        int number = 0;
        talk.For(3, alice: false, bob: false, () =>
        {
            talk.Call.FromAlice(Alice, Udptl(number));
            talk.Call.FromBob(Bob, Udptl(number++));
        });

        talk.Words.ShouldBe("not-rtp");
        talk.Verdict.IsTrouble.ShouldBeFalse();
        _relay.Workers[0].SessionsInTrouble.ShouldBe(0);
        talk.For(30, alice: false, bob: false, () => talk.Call.FromAlice(Alice, Udptl(number++)));
        talk.Verdict.IsTrouble.ShouldBeFalse("the fax that receives a page says nothing");
    }

    [Fact]
    public void A_fax_that_the_other_answers_with_speech_is_a_fault()
    {
        int number = 0;
        var talk = new Talk(_relay);
        talk.For(10).OnlyAlice(10, () => talk.Call.FromBob(Bob, Udptl(number++)));

        talk.Words.ShouldBe("not-rtp Callee");
        talk.Verdict.IsTrouble.ShouldBeTrue();
        _relay.Workers[0].SessionsInTrouble.ShouldBe(1);
        _relay.Command("X").ShouldBe("0");
        _relay.Workers[0].SessionsInTrouble.ShouldBe(0);
    }

    [Fact]
    public void ICE_checks_beside_RTP_are_no_media()
    {
        var talk = new Talk(_relay);
        byte[] stun = new byte[20];
        stun[1] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(stun.AsSpan(4), 0x2112_A442);

        talk.For(8, beside: () =>
        {
            RtpBytes.Vary(stun);
            talk.Call.FromBob(Bob, stun);
        }).Words.ShouldBe("ok");
    }

    [Fact]
    public void Keepalives_are_neither_speech_nor_something_else()
    {
        var talk = new Talk(_relay);
        int i = 0;

        talk.OnlyAlice(8, () => talk.Call.FromBob(Bob, [0, 0, 0, (byte)i++])).Words.ShouldBe("one-way Callee");
    }

    [Fact]
    public void A_few_packets_of_a_scanner_refuse_nobody()
    {
        var talk = new Talk(_relay);
        talk.OnlyAlice(5);
        for (int i = 0; i < 4; i++)
        {
            talk.Call.FromBob(Mallory, RtpBytes.Rtp(i, ssrc: 666));
        }

        talk.OnlyAlice(2).Words.ShouldBe("one-way Callee");
        talk.Report.Callee.Refused.ShouldNotBeNull().GoesOn.ShouldBeFalse();
    }

    [Fact]
    public void A_stranger_beside_a_party_that_is_heard_is_no_fault()
    {
        var talk = new Talk(_relay);
        int i = 0;

        talk.For(8, beside: () => talk.Call.FromBob(Mallory, RtpBytes.Rtp(i++, ssrc: 666))).Words.ShouldBe("ok");
    }

    [Fact]
    public void A_media_line_without_packets_waits_while_another_of_the_call_has_them()
    {
        var audio = new Call(_relay, "call");
        _relay.Port($"U call {Text(Alice.WithPort(41_000))} alice;2");
        _relay.Port($"L call {Text(Bob.WithPort(51_000))} alice;2 bob;2");
        var talk = new Talk(_relay, audio);

        talk.For(10).Words.ShouldBe("ok");

        VerdictCode[] codes = [.. _relay.Workers[0].AllSessions.ToArray().Select(s => s.Verdict.Code)];
        codes.ShouldBe([VerdictCode.Ok, VerdictCode.Waiting]);
        talk.Silence(10);
        _relay.Workers[0].AllSessions[1].Verdict.Code.ShouldBe(VerdictCode.Silent);
    }

    [Fact]
    public void A_media_line_that_a_party_declined_has_no_fault()
    {
        _relay.Port($"U call {Text(Alice)} alice");
        _relay.Port("L call 198.51.100.20 0 alice bob");
        _relay.AdvanceSeconds(10);

        _relay.Workers[0].AllSessions[0].Verdict.ShouldBe(new Verdict(VerdictCode.Held, Side.Callee));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_media_line_that_is_declined_in_mid_call_has_no_fault(bool othersGoOn)
    {
        var talk = new Talk(_relay).For(10);
        _relay.Port("U call 192.0.2.10 0 alice bob");

        talk.For(20, alice: false, bob: othersGoOn).Words.ShouldBe("held Caller");
    }

    [Fact]
    public void A_session_that_carries_a_copy_needs_no_speakers()
    {
        var call = new Call(_relay);
        _relay.Command("U copy 203.0.113.1 7000 r1 r2 && C call alice bob && L 203.0.113.2 8000").ShouldNotContain("-1");

        new Talk(_relay, call).For(10);

        _relay.Workers[0].AllSessions[1].Verdict.Code.ShouldBe(VerdictCode.Ok);
    }

    [Fact]
    public void A_port_that_is_closed_is_told_by_the_network_though_packets_are_taken()
    {
        var talk = new Talk(_relay);

        talk.OnlyAlice(7, () => _relay.TellUndelivered(talk.Call.PortForBob, Bob, SendOutcome.PortClosed)).Words.ShouldBe("unreachable Callee");
        talk.OnlyAlice(9).Words.ShouldBe("unreachable Callee");
        talk.OnlyAlice(3).Words.ShouldBe("one-way Callee", "nothing was told any more");
    }

    [Fact]
    public void Messages_of_a_moment_are_a_party_that_hangs_up_and_those_about_other_addresses_nothing()
    {
        var talk = new Talk(_relay).For(6);

        for (int i = 0; i < 5; i++)
        {
            _relay.TellUndelivered(talk.Call.PortForBob, Bob, SendOutcome.PortClosed);
        }

        talk.For(3).Words.ShouldBe("ok");
        talk.For(5, beside: () => _relay.TellUndelivered(talk.Call.PortForBob, Mallory, SendOutcome.PortClosed)).Words.ShouldBe("ok");
    }

    [Fact]
    public void A_new_address_has_its_time_to_be_heard()
    {
        var talk = new Talk(_relay).For(10);
        _relay.Port($"L call {Text(At("198.51.100.77", 5_000))} alice bob");

        talk.OnlyAlice(4).Words.ShouldBe("ok");
        talk.OnlyAlice(3).Words.ShouldBe("one-way-stopped Callee");
    }

    [Fact]
    public void Each_change_is_told_but_not_without_end()
    {
        var talk = new Talk(_relay);
        for (int i = 0; i < 30; i++)
        {
            talk.For(1).OnlyAlice(7);
        }

        string[] told = [.. _relay.Events.Lines.Where(l => l.Contains("verdict"))];
        told[..3].ShouldBe(
        [
            "call verdict waiting -> ok", "call verdict ok -> one-way-stopped Callee", "call verdict one-way-stopped Callee -> ok",
        ]);
        told.Length.ShouldBeInRange(21, 24, "twenty, and then one a minute");
    }

    [Fact]
    public void Sessions_are_counted_by_verdict()
    {
        for (int i = 0; i < 3; i++)
        {
            _ = new Call(_relay, $"silent{i}");
        }

        new Talk(_relay).For(7);

        _relay.Workers[0].AllSessions.ToArray().CountBy(s => s.Verdict.Code).ShouldBe(
            [new(VerdictCode.Silent, 3), new(VerdictCode.Ok, 1)]);
        Counted(VerdictCode.Silent).ShouldBe(3);
        Counted(VerdictCode.Ok).ShouldBe(1);

        _relay.Command("D silent1 alice").ShouldBe("0");
        Counted(VerdictCode.Silent).ShouldBe(2);
        _relay.Command("X").ShouldBe("0");
        Enum.GetValues<VerdictCode>().Sum(Counted).ShouldBe(0);
    }

    private int Counted(VerdictCode code) => _relay.Workers.Sum(worker => worker.SessionsWith(code));

    private static byte[] SenderReport(uint packets)
    {
        byte[] report = new byte[28];
        report[0] = 0x80;
        report[1] = 200;
        report[3] = 6;
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(4), 8);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(20), packets);
        return report;
    }

    /// <summary>A number, a packet of three bytes, and one earlier packet behind it.</summary>
    private static byte[] Udptl(int number) => [(byte)(number >> 8), (byte)number, 3, 0xc0, (byte)number, 0x80, 0, 1, 2, 0xc0, 1];
}
