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
    [InlineData("rtpproxy: rtpp_acct_rtcp_hep.so: dymanic module requires configuration, cannot be loaded via --dso option\n", "--dso", "rtpp_acct_rtcp_hep.so")]
    [InlineData("rtpproxy: --hep 10.0.0.1:9060: invalid collector: an address needs its kind before it, did you mean udp:10.0.0.1:9060\n", "--hep", "10.0.0.1:9060")]
    [InlineData("rtpproxy: --hep udp:10.0.0.1:0: invalid port of a collector, not in the range 1-65535\n", "--hep", "udp:10.0.0.1:0")]
    [InlineData("rtpproxy: --hep udp:: Name or service not known\n", "--hep", "udp:")]
    [InlineData("rtpproxy: -1: capture id is invalid, not in the range 0-4294967295\n", "--hep-id", "-1")]
    public async Task What_is_wrong_ends_the_start(string error, params string[] arguments) =>
        (await DaemonProcess.RunAsync(["-f", "-F", .. arguments])).ShouldBe(new ProgramResult(1, "", error));

    [Theory]
    [InlineData("capt_port = \"9060\"", "error in config file; invalid value for port in section 'capt_port': 9060", "capt_port")]
    [InlineData("capt_port = 65536", "error in config file; invalid value for port in section 'capt_port': 65536", "capt_port")]
    [InlineData("capt_ptype = sctp", "error in config file; invalid value for ptype in section 'capt_ptype': sctp", "capt_ptype")]
    [InlineData("Capt_Id = 4294967296", "error in config file; invalid value for capt_id in section 'Capt_Id': 4294967296", "Capt_Id")]
    public async Task A_wrong_parameter_is_told_in_the_words_of_the_original(string parameter, string text, string key)
    {
        using WorkingDirectory directory = new();
        File.WriteAllText(directory.File("hep.conf"), $"modules {{ acct_rtcp_hep {{ {parameter} }} }}");

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-f", "-F", "-s", "stdioc:", "-p", "pid", "--config", "hep.conf");

        result.ShouldBe(new ProgramResult(
            1,
            "",
            $"""
            {text}
            parse_modules: Config parsing issue in section acct_rtcp_hep
            parse_modules: {'\t'}parameter {key}
            rtpp_cfile_process: parse_modules() failed
            init_config_bail: rtpp_cfile_process() failed

            """));
    }

    private static Task<DaemonProcess> StartAsync(string collector, params string[] options) => DaemonProcess.StartAsync(
        new DaemonSettings { Options = ["-l", "127.0.0.1", "--hep", collector, "--hep-id", "9", .. options] });

    private static IPEndPoint ControlOf(IPEndPoint rtp) => new(rtp.Address, rtp.Port + 1);
}
