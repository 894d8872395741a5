using System.Net;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Tests.Playback;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Copying;

/// <summary><c>C udp:host:port</c>: copies of one party's media to another host (media rules, section 7.6).</summary>
public sealed class CopyConversations
{
    private readonly VirtualRelay _relay = new();

    [Fact]
    public void RTP_goes_to_the_port_and_RTCP_to_the_next()
    {
        var call = new Call(_relay);
        _relay.Command("C call udp:203.0.113.77:9000 alice bob").ShouldBe("0");
        byte[] packet = RtpBytes.Rtp(1);

        var sent = _relay.Receive(Alice, call.PortForAlice, packet);

        sent.Select(d => d.To).ShouldBe([At("203.0.113.77", 9000), Bob]);
        sent.ShouldAllBe(d => d.Bytes.SequenceEqual(packet));
        sent[0].From.Port.ShouldNotBe(sent[1].From.Port);
        _relay.Receive(Alice.WithPort(40_001), call.PortForAlice + 1, RtpBytes.ReceiverReport())
            .Select(d => d.To).ShouldBe([At("203.0.113.77", 9001), Bob.WithPort(50_001)]);
        _relay.Receive(Bob, call.PortForBob, RtpBytes.Rtp(1)).ShouldHaveSingleItem("only Alice is copied");
        _relay.Command("G npkts_relayed npkts_rcvd").ShouldBe("3 3");
    }

    [Fact]
    public void The_port_of_a_copy_is_told_on_request()
    {
        var call = new Call(_relay);
        string[] reply = _relay.Command("Cp call udp:203.0.113.77:9000 alice bob").Split(' ');

        reply[1].ShouldBe("127.0.0.1");
        _relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(1))[0].From.Port.ShouldBe(ushort.Parse(reply[0]));
    }

    [Theory]
    [InlineData("upd:203.0.113.77:9000", false)]
    [InlineData("UDP:203.0.113.77:9000", false)]
    [InlineData("tcp:host.example:9000", false)]
    [InlineData("203.0.113.77:9000", false)]
    [InlineData("2026-11-27T14:05:00", true)]
    [InlineData("call:9000", true)]
    [InlineData("prefix:part:9000", true)]
    [InlineData("upd", true)]
    public void A_target_of_a_mistyped_kind_is_no_file(string target, bool isFile)
    {
        _ = new Call(_relay);

        _relay.Command($"C call {target} alice bob").ShouldBe(isFile ? "0" : "E65");

        _relay.Recordings.Files.Count.ShouldBe(isFile ? 2 : 0);
    }

    [Fact]
    public void A_second_copy_changes_nothing()
    {
        var call = new Call(_relay);
        _relay.Command("C call udp:203.0.113.77:9000 alice bob").ShouldBe("0");
        int pairs = _relay.Ports.OpenPairs;

        _relay.Command("C call udp:203.0.113.88:9000 alice bob").ShouldBe("0");
        _relay.Command("Cs call udp:203.0.113.88:9000 alice bob").ShouldBe("0");
        _relay.Command("Cp call udp:203.0.113.88:9000 alice bob").ShouldEndWith(" 127.0.0.1");
        _relay.Command("R call alice bob").ShouldBe("0");
        _relay.Command("C call name alice bob").ShouldBe("0");

        _relay.Ports.OpenPairs.ShouldBe(pairs);
        _relay.Recordings.Files.ShouldBeEmpty();
        _relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(1)).Select(d => d.To).ShouldBe([At("203.0.113.77", 9000), Bob]);
    }

    [Theory]
    [InlineData("C call udp:127.0.0.1 alice bob", "E65")]
    [InlineData("C call udp:9000 alice bob", "E65")]
    [InlineData("C call udp::9000 alice bob", "E65")]
    [InlineData("C call udp: alice bob", "E65")]
    [InlineData("C call udp:127.0.0.1: alice bob", "E65")]
    [InlineData("C call udp:127.0.0.1:0 alice bob", "E65")]
    [InlineData("C call udp:127.0.0.1:-1 alice bob", "E65")]
    [InlineData("C call udp:127.0.0.1:+9 alice bob", "E65")]
    [InlineData("C call udp:127.0.0.1:x alice bob", "E65")]
    [InlineData("C call udp:127.0.0.1:9x alice bob", "E65")]
    [InlineData("C call udp:127.0.0.1:65535 alice bob", "E65")]
    [InlineData("C call udp:127.0.0.1:65536 alice bob", "E65")]
    [InlineData("C call udp:127.0.0.1:65534 alice bob", "0")]
    [InlineData("C call udp:[::1]:9000 alice bob", "E65")]
    [InlineData("C call udp:::1:9000 alice bob", "E65")]
    [InlineData("C call udp:nosuchhost:9000 alice bob", "E65")]
    [InlineData("Cp call udp:nosuchhost:9000 alice bob", "E65")]
    [InlineData("C call udp:127.0.0.1:9000 nobody", "E50")]
    [InlineData("C nocall udp:127.0.0.1 alice bob", "E50")]
    [InlineData("C call UDP:127.0.0.1:9000 alice bob", "E65")] // not the kind, and nobody's name of a file
    public void Targets(string command, string reply)
    {
        _ = new Call(_relay);
        int pairs = _relay.Ports.OpenPairs;

        _relay.Command(command).ShouldBe(reply);

        bool copies = reply == "0" && !command.Contains("UDP");
        _relay.Ports.OpenPairs.ShouldBe(pairs + (copies ? 1 : 0));
        _relay.Command("N call alice bob").ShouldBe(reply == "0" ? "0" : "E50");
        _relay.Ports.OpenPairs.ShouldBe(pairs);
        if (reply == "E65")
        {
            _relay.Events.Lines.ShouldContain(l => l.StartsWith("call no recording: "));
        }
    }

    [Theory]
    [InlineData("300.1.1.1")]
    [InlineData("256.0.0.1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("host.123")]
    [InlineData("-x")]
    [InlineData("x-")]
    [InlineData("a.-b.test")]
    [InlineData("a..test")]
    [InlineData(".test")]
    [InlineData("test..")]
    [InlineData(".")]
    [InlineData("1.2.3.4.")]
    [InlineData("1.2.3.")]
    [InlineData("a b")]
    [InlineData("h\u00f6st")]
    [InlineData("host/x")]
    [InlineData("[::1]")]
    [InlineData("::1")]
    [InlineData("1.2.3.4%lo")]
    public void What_cannot_be_the_name_of_a_host_is_refused_without_asking_anybody(string host)
    {
        _ = new Call(_relay);

        _relay.Command($"C call udp:{host.Replace(' ', '+')}:9000 alice bob").ShouldBe("E65");

        _relay.Names.Asked.ShouldBeEmpty();
        _relay.Events.Lines.ShouldContain(l => l.StartsWith("call no recording: "));
        _relay.Command($"C call udp:{new string('a', 64)}.test:9000 alice bob").ShouldBe("E65");
        _relay.Command($"C call udp:{string.Join('.', Enumerable.Repeat("abcdefg", 32))}:9000 alice bob").ShouldBe("E65");
        _relay.Names.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("host")]
    [InlineData("recorder-1.example.test")]
    [InlineData("recorder.example.test.")]
    [InlineData("1st.example.test")]
    [InlineData("_copies.example.test")]
    [InlineData("300.1.1.a1")]
    public void What_may_be_the_name_of_a_host_is_looked_up(string host)
    {
        _ = new Call(_relay);

        _relay.Command($"C call udp:{host}:9000 alice bob").ShouldBe("E65");

        _relay.Names.Asked.ShouldBe([host]);
    }

    [Fact]
    public void A_name_is_copied_to_where_it_leads()
    {
        var call = new Call(_relay);
        _relay.Names.Hosts["recorder.test"] = IPAddress.Parse("203.0.113.77");
        _relay.Command("C call udp:recorder.test:9000 alice bob").ShouldBe("0");

        _relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(1))[0].To.ShouldBe(At("203.0.113.77", 9000));
    }

    [Fact]
    public void An_address_is_copied_to_without_asking_anybody()
    {
        _ = new Call(_relay);

        _relay.Command("C call udp:203.0.113.77:9000 alice bob").ShouldBe("0");

        _relay.Names.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_malformed_target_is_an_error_even_for_a_party_that_is_copied_already()
    {
        _ = new Call(_relay);
        _relay.Command("C call udp:127.0.0.1:9000 alice").ShouldBe("0");

        _relay.Command("C call udp:127.0.0.1 alice").ShouldBe("E65");
    }

    [Fact]
    public void Without_RTCP_only_RTP_is_copied_and_the_last_port_will_do()
    {
        var relay = new VirtualRelay(new RelayOptions { SkipRtcpRecording = true });
        var call = new Call(relay);
        relay.Command("C call udp:203.0.113.77:65535 alice bob").ShouldBe("0");

        relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(1)).Count.ShouldBe(2);
        relay.Receive(Alice.WithPort(40_001), call.PortForAlice + 1, RtpBytes.ReceiverReport()).Count.ShouldBe(1);
    }

    [Fact]
    public void Copies_are_not_doubled_by_option_2()
    {
        var relay = new VirtualRelay(new RelayOptions { DoubleSmallPackets = true });
        var call = new Call(relay);
        relay.Command("C call udp:203.0.113.77:9000 alice bob").ShouldBe("0");

        relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(1, length: 20)).Select(d => d.To)
            .ShouldBe([At("203.0.113.77", 9000), Bob, Bob]);
    }

    [Fact]
    public void Without_ports_a_copy_fails()
    {
        _ = new Call(_relay);
        _relay.Ports.PairLimit = _relay.Ports.OpenPairs;

        _relay.Command("C call udp:203.0.113.77:9000 alice bob").ShouldBe("E65");
        _relay.Ports.PairLimit = int.MaxValue;
        _relay.Command("C call udp:203.0.113.77:9000 alice bob").ShouldBe("0");
    }

    [Fact]
    public void Ports_of_a_copy_are_free_when_it_ends()
    {
        var call = new Call(_relay);
        _relay.Command("C call udp:203.0.113.77:9000 alice bob");
        _relay.Command("C call udp:203.0.113.77:9000 bob alice");
        _relay.Ports.OpenPairs.ShouldBe(4);

        _relay.Command("N call alice bob").ShouldBe("0");
        _relay.Ports.OpenPairs.ShouldBe(3);
        call.AliceSpeaks(1).ShouldBe(Bob);
        _relay.Command("D call alice").ShouldBe("0");
        _relay.Ports.OpenPairs.ShouldBe(0);
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
    public void What_comes_back_to_the_port_of_a_copy_is_not_heard()
    {
        _ = new Call(_relay);
        int port = int.Parse(_relay.Command("Cp call udp:203.0.113.77:9000 alice bob").Split(' ')[0]);

        _relay.Receive(At("203.0.113.77", 9000), port, RtpBytes.Rtp(1)).ShouldBeEmpty();
        _relay.Command("Q call alice bob npkts_ina npkts_ino").ShouldBe("0 0");
    }

    [Fact]
    public void A_session_deleted_while_the_name_is_resolved_leaves_no_port_open()
    {
        _ = new Call(_relay);
        _relay.Names.Hosts["recorder.test"] = IPAddress.Parse("203.0.113.77");
        CommandRun run = _relay.BeginUntilOffWorker("Cp call udp:recorder.test:9000 alice bob");
        _relay.Command("D call alice").ShouldBe("0");

        _relay.Finish(run).ShouldBe("E65");
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void A_stop_that_overtakes_the_resolving_wins()
    {
        var call = new Call(_relay);
        _relay.Names.Hosts["recorder.test"] = IPAddress.Parse("203.0.113.77");
        CommandRun run = _relay.BeginUntilOffWorker("C call udp:recorder.test:9000 alice bob");
        _relay.Command("N call alice bob").ShouldBe("0");

        _relay.Finish(run).ShouldBe("0");
        call.AliceSpeaks(1).ShouldBe(Bob);
        _relay.Ports.OpenPairs.ShouldBe(2);
    }

    [Fact]
    public void Copying_allocates_nothing()
    {
        var call = new Call(_relay);
        _relay.Command("C call udp:203.0.113.77:9000 alice bob").ShouldBe("0");
        (int worker, var rtp) = _relay.Ports.Find(call.PortForAlice);
        byte[] packet = RtpBytes.Rtp(1);
        var sink = new CountingSink();
        var arrival = new Arrival(_relay.Now);

        Allocations.AssertNone(() =>
        {
            RtpBytes.GoOn(packet);
            _relay.Workers[worker].OnDatagram(rtp, Alice, packet, arrival, ref sink);
        });

        sink.Sent.ShouldBe(10_000);
    }
}
