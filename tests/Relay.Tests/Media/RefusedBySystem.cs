using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Media;

/// <summary>What the system does not take was not relayed: a drop with its reason, of which the first is told (media rules, section 3.1).</summary>
public sealed class RefusedBySystem
{
    private readonly VirtualRelay _relay = new(new VirtualRelayOptions
    {
        Addresses = new VirtualAddressBook(new LocalAddress(IPAddress.Any), new LocalAddress(IPAddress.IPv6Any)),
    });

    [Theory]
    [InlineData(SendOutcome.Unreachable, DropReason.SendRefused)]
    [InlineData(SendOutcome.NotPermitted, DropReason.SendRefused)]
    [InlineData(SendOutcome.NotPossible, DropReason.SendRefused)]
    [InlineData(SendOutcome.TooLong, DropReason.SendRefused)]
    [InlineData(SendOutcome.NoRoom, DropReason.SendCongested)]
    public void A_packet_that_is_not_taken_is_a_drop_with_its_reason(SendOutcome outcome, DropReason reason)
    {
        var call = new Call(_relay);
        _relay.Refusals[Bob] = outcome;

        for (int i = 0; i < 3; i++)
        {
            call.AliceSpeaks(i).ShouldBeNull();
        }

        _relay.Command("G npkts_rcvd npkts_relayed npkts_discard").ShouldBe("3 0 3");
        _relay.Workers[0].Statistics.Dropped(reason).ShouldBe(3UL);
        call.Query("npkts_ina nrelayed ndropped").ShouldBe("3 0 3");
        _relay.Events.Lines.Where(l => l.Contains("refused")).ShouldBe([$"call Callee Rtp refused {Bob}: {outcome}"]);
    }

    [Fact]
    public void What_is_taken_again_is_relayed_again()
    {
        var call = new Call(_relay);
        _relay.Refusals[Bob] = SendOutcome.Unreachable;
        call.AliceSpeaks(1).ShouldBeNull();

        _relay.Refusals.Clear();

        call.AliceSpeaks(2).ShouldBe(Bob);
        _relay.Command("G npkts_relayed npkts_discard").ShouldBe("1 1");
    }

    [Fact]
    public void It_is_told_for_each_stream_and_for_each_new_address_but_not_without_end()
    {
        var call = new Call(_relay);
        _relay.Refusals[Bob.WithPort(50_001)] = SendOutcome.Unreachable;
        call.ReportFromAlice(Alice.WithPort(40_001)).ShouldBeNull();
        for (int i = 0; i < 30; i++)
        {
            int port = 51_000 + (2 * i);
            _relay.Refusals[Bob.WithPort((ushort)port)] = SendOutcome.Unreachable;
            _relay.Port($"L call {Bob.ToIPAddress()} {port} alice bob");
            call.AliceSpeaks(i);
            call.AliceSpeaks(100 + i);
        }

        string[] told = [.. _relay.Events.Lines.Where(l => l.Contains("refused"))];
        told[0].ShouldStartWith("call Callee Rtcp refused");
        told[1..].ShouldBe(Enumerable.Range(0, 10).Select(i =>
            $"call Callee Rtp refused {Bob.WithPort((ushort)(51_000 + (2 * i)))}: Unreachable"));
    }

    [Fact]
    public void A_doubled_packet_counts_as_relayed_when_one_of_the_two_was_taken()
    {
        var relay = new VirtualRelay(new RelayOptions { DoubleSmallPackets = true });
        var call = new Call(relay);
        relay.Refusals[Bob] = SendOutcome.NoRoom;

        relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(1, length: 20)).ShouldBeEmpty();

        relay.Command("G npkts_relayed npkts_discard").ShouldBe("0 1");
    }

    [Fact]
    public void A_prompt_that_is_not_taken_was_not_played()
    {
        _ = new Call(_relay);
        _relay.Prompts.Files[("tone", 0)] = new byte[800];
        _relay.Refusals[Bob] = SendOutcome.NotPermitted;

        _relay.Command("P call tone 0 bob alice").ShouldBe("0");
        _relay.AdvanceSeconds(1).ShouldBeEmpty();

        _relay.Command("G npkts_played npkts_rcvd npkts_discard").ShouldBe("0 0 0");
        _relay.Events.Lines.Count(l => l == $"call Callee Rtp refused {Bob}: NotPermitted").ShouldBe(1);
    }

    [Fact]
    public void A_fork_that_is_not_taken_is_told_in_the_session_that_carries_it()
    {
        var call = new Call(_relay);
        _relay.Command("U copy 203.0.113.1 7000 r1 r2 && C call alice bob && L 203.0.113.2 8000").ShouldNotContain("-1");
        _relay.Refusals[At("203.0.113.2", 8000)] = SendOutcome.Unreachable;

        call.AliceSpeaks(1).ShouldBe(Bob);
        call.AliceSpeaks(2).ShouldBe(Bob);

        _relay.Command("G npkts_relayed npkts_discard").ShouldBe("2 0");
        _relay.Events.Lines.Where(l => l.Contains("refused")).ShouldBe(["copy Callee Rtp refused 203.0.113.2:8000: Unreachable"]);
    }

    [Fact]
    public void A_copy_that_is_not_taken_is_told_and_the_packet_itself_relayed()
    {
        var call = new Call(_relay);
        _relay.Command("C call udp:203.0.113.77:9000 alice bob").ShouldBe("0");
        _relay.Refusals[At("203.0.113.77", 9000)] = SendOutcome.NotPossible;

        call.AliceSpeaks(1).ShouldBe(Bob);
        call.AliceSpeaks(2).ShouldBe(Bob);

        _relay.Command("G npkts_relayed npkts_discard").ShouldBe("2 0");
        _relay.Events.Lines.Where(l => l.Contains("refused"))
            .ShouldBe(["call Caller Rtp copy refused 203.0.113.77:9000: NotPossible"]);
    }

    [Theory]
    [InlineData("U6 call 2001:db8::10 40000 alice", "U call 192.0.2.10 40000 alice", "[2001:db8::10]:40000")]
    [InlineData("U6l127.0.0.1 call 2001:db8::10 40000 alice", "U call 192.0.2.10 40000 alice", "[2001:db8::10]:40000")]
    public void An_address_of_another_family_than_the_port_is_told_when_it_is_signalled(
        string wrong, string right, string address)
    {
        var call = new Call(_relay);
        _relay.Port(wrong);
        _relay.Port(wrong);

        call.BobSpeaks(1).ShouldBeNull(); // the virtual sink fails when it is asked for the impossible
        call.ReportFromBob(Bob.WithPort(50_001)).ShouldBeNull();

        _relay.Workers[0].Statistics.Dropped(DropReason.OtherFamily).ShouldBe(2UL);
        _relay.Command("G npkts_relayed npkts_discard").ShouldBe("0 2");
        _relay.Events.Lines.Where(l => l.Contains("family")).ShouldBe([$"call Caller of another family {address}"]);

        _relay.Port(right);
        call.BobSpeaks(2).ShouldBe(Alice);
    }

    [Fact]
    public void An_address_that_came_before_the_port_is_told_when_the_port_is_opened()
    {
        _relay.Port("Ul127.0.0.1 call 192.0.2.10 40000 alice");
        _relay.Port("L6l[::] call 2001:db8::20 50000 alice bob");

        _relay.Events.Lines.Where(l => l.Contains("family")).ShouldBe(
        [
            "call Callee of another family [2001:db8::20]:50000",
            $"call Caller of another family {Alice}",
        ]);
    }

    [Fact]
    public void A_prompt_for_an_address_of_another_family_is_not_played()
    {
        var call = new Call(_relay);
        _relay.Port("U6 call 2001:db8::10 40000 alice");
        _relay.Prompts.Files[("tone", 0)] = new byte[800];

        _relay.Command("P call tone 0 alice bob").ShouldBe("0");
        _relay.AdvanceSeconds(1).ShouldBeEmpty();

        _relay.Command("G npkts_played").ShouldBe("0");
        call.Query("ndropped").ShouldBe("0");
    }
}
