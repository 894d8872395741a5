using System.Globalization;
using System.Net;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit.Daemon;
using RtpProxy.TestKit.Hep;

namespace RtpProxy.Daemon.Tests.Hep;

/// <summary>What the original's module acct_rtcp_hep does, by the daemon itself.</summary>
public sealed class RtcpHepTests
{
    private const int Rtcp = 5;

    [Fact]
    public async Task The_configuration_file_of_the_module_sends_RTCP_of_both_parties_to_a_collector()
    {
        using HepListener collector = new();
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Options = ["-l", "127.0.0.1", "--config", "hep.conf"] },
            directory => File.WriteAllText(
                directory.File("hep.conf"),
                $$"""
                modules {
                    accounting {
                        load = /usr/lib/rtpproxy/rtpp_acct_rtcp_hep_debug.so
                        capt_host = 127.0.0.1
                        CAPT_PORT = {{collector.Port}}
                        capt_ptype = UDP
                        capt_id = 70000
                    }
                }
                """));
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call@host");
        DateTimeOffset before = DateTimeOffset.UtcNow;
        call.Caller.SendReport(RtcpReports.Sender(572662306));
        await call.Callee.HearReportAsync();
        call.Callee.SendReport(RtcpReports.Receiver());
        await call.Caller.HearReportAsync();

        IReadOnlyList<HepMessage> told = await collector.WaitForAsync(Rtcp, 2);

        told[0].Text.ShouldBe(RtcpReports.SenderJson);
        told[0].CallId.ShouldBe("call@host");
        told[0].CaptureId.ShouldBe(70000u);
        (told[0].Family, told[0].Protocol).ShouldBe((2, 17));
        told[0].Source.ShouldBe(ControlOf(call.Caller.Local));
        told[0].Destination.ShouldBe(ControlOf(call.Caller.Remote));
        told[0].At.ShouldBeInRange(before.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        told[0].Order.ShouldBe([1, 2, 7, 8, 9, 10, 11, 12, 17, 3, 4, 15]);
        told[1].Text.ShouldContain("\"type\": 201,");
        told[1].Source.ShouldBe(ControlOf(call.Callee.Local));
        (await control.AskAsync("D call@host alice bob")).ShouldBe("0");
        collector.All.ShouldAllBe(message => message.PayloadType == Rtcp, "the module tells of RTCP alone");
    }

    [Fact]
    public async Task What_is_not_relayed_is_told_what_is_refused_or_broken_is_not()
    {
        using HepListener collector = new();
        await using DaemonProcess daemon = await StartAsync($"udp:127.0.0.1:{collector.Port}");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        using MediaPhone stranger = new(IPAddress.Parse("127.0.0.3")) { Remote = call.Caller.Remote };
        call.Caller.SendReport([1, 2, 3]);
        await call.Callee.HearReportAsync();
        await daemon.Log.WaitForAsync("rtcp2json() failed: -1");
        call.Caller.SendReport([0x81, 203, 0, 1, 0, 0, 0, 7]); // a BYE alone: a packet without text
        await call.Callee.HearReportAsync();
        stranger.SendReport(RtcpReports.Receiver(9));
        call.Caller.SendReport(RtcpReports.Receiver(7));
        await call.Callee.HearReportAsync();

        // Nobody knows where the other party is: this goes nowhere else.
        await control.AskAsync($"U nowhere 127.0.0.1 {call.Caller.Local.Port} alice");
        string answer = await control.AskAsync("L nowhere 0.0.0.0 4000 alice bob");
        call.Caller.Remote = new(call.Caller.Remote.Address, int.Parse(answer.Split(' ')[0], CultureInfo.InvariantCulture));
        call.Caller.SendReport(RtcpReports.Receiver(8));

        IReadOnlyList<HepMessage> told = await collector.WaitForAsync(Rtcp, 3);

        (await control.AskAsync("Q nowhere alice bob nrelayed")).ShouldBe("0");
        told[2].Text.ShouldContain("\"source_ssrc\": 8,");
        told[2].CallId.ShouldBe("nowhere");
        told.Take(2).Select(message => message.Text.Contains("\"source_ssrc\": 7,", StringComparison.Ordinal)).ShouldBe([false, true]);
        told[0].Text.ShouldBe("");
        told[0].CaptureId.ShouldBe(9u);
    }

    [Fact]
    public async Task Every_collector_gets_everything_by_its_own_way()
    {
        using HepListener first = new(), second = new();
        await using DaemonProcess daemon = await StartAsync(
            $"udp:127.0.0.1:{first.Port}", "--workers", "2", "--hep", $"udp:localhost:{second.Port}");
        await using ControlClient control = await daemon.ConnectAsync();
        for (int i = 0; i < 8; i++)
        {
            using MediaCall call = await MediaCall.SetUpAsync(control, $"call{i}");
            call.Caller.SendReport(RtcpReports.Receiver(7));
            await call.Callee.HearReportAsync();
        }

        foreach (HepListener collector in (HepListener[])[first, second])
        {
            (await collector.WaitForAsync(Rtcp, 8)).Select(message => message.CallId).Order()
                .ShouldBe(Enumerable.Range(0, 8).Select(i => $"call{i}"));
        }
    }

    [Theory]
    [InlineData(
        "--dso is 'rtpp_acct_rtcp_hep.so', but that module has to be told where its collector is; "
        + "expected --hep udp:HOST:PORT, or a section of the file of --config",
        "--dso", "rtpp_acct_rtcp_hep.so")]
    [InlineData(
        "--hep is '10.0.0.1:9060', but an address needs its kind before it, did you mean udp:10.0.0.1:9060; "
        + "expected udp:HOST[:PORT], tcp:HOST[:PORT] or tls:HOST[:PORT], where IPv6 addresses are in brackets",
        "--hep", "10.0.0.1:9060")]
    [InlineData("--hep is 'udp:10.0.0.1:0', but '0' is no port; expected a port from 1 to 65535", "--hep", "udp:10.0.0.1:0")]
    [InlineData("--hep-id is '-1'; expected a number, 0 to 4294967295", "--hep-id", "-1")]
    public async Task What_is_wrong_ends_the_start(string error, params string[] arguments) =>
        (await DaemonProcess.RunAsync(["-f", "-F", .. arguments])).ShouldBe(new ProgramResult(1, "", $"rtpproxy: {error}\n"));

    [Theory]
    [InlineData("capt_port = \"9060\"", "capt_port is '9060'; expected a port without quotation marks, 1 to 65535")]
    [InlineData("capt_port = 65536", "capt_port is '65536'; expected a port without quotation marks, 1 to 65535")]
    [InlineData("capt_ptype = sctp", "capt_ptype is 'sctp'; expected udp or tcp")]
    [InlineData("Capt_Id = 4294967296", "Capt_Id is '4294967296'; expected a number without quotation marks, 0 to 4294967295")]
    [InlineData("capt_host = { }", "capt_host is no single value; expected a host")]
    [InlineData("capt = 1", "capt is unknown; expected load, capt_host, capt_port, capt_ptype, capt_id")]
    public async Task A_wrong_parameter_is_told_with_its_file_and_key(string parameter, string text)
    {
        using WorkingDirectory directory = new();
        File.WriteAllText(directory.File("hep.conf"), $"modules {{ acct_rtcp_hep {{ {parameter} }} }}");

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-f", "-F", "-s", "stdioc:", "-p", "pid", "--config", "hep.conf");

        result.ShouldBe(new ProgramResult(1, "", $"rtpproxy: hep.conf: modules.acct_rtcp_hep.{text}\n"));
    }

    private static Task<DaemonProcess> StartAsync(string collector, params string[] options) => DaemonProcess.StartAsync(
        new DaemonSettings { Options = ["-l", "127.0.0.1", "--hep", collector, "--hep-id", "9", .. options] });

    private static IPEndPoint ControlOf(IPEndPoint rtp) => new(rtp.Address, rtp.Port + 1);
}
