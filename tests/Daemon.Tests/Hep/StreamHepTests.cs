using System.Text.Json;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit.Daemon;
using RtpProxy.TestKit.Hep;

namespace RtpProxy.Daemon.Tests.Hep;

/// <summary>What collectors of <c>--hep</c> get beside RTCP: types 34, 35 and 100.</summary>
public sealed class StreamHepTests
{
    private const int AtEnd = 34;
    private const int NowAndThen = 35;
    private const int Log = 100;

    [Fact]
    public async Task A_stream_is_reported_now_and_then_and_at_its_end_with_the_keys_of_Homer()
    {
        using HepListener collector = new();
        await using DaemonProcess daemon = await StartAsync(collector, "--hep-report", "1");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        await call.TalkAsync(3);
        IReadOnlyList<HepMessage> periodic = await collector.WaitForAsync(NowAndThen, 2);
        (await control.AskAsync("D call alice bob")).ShouldBe("0");
        IReadOnlyList<HepMessage> last = await collector.WaitForAsync(AtEnd, 2);

        periodic.ShouldAllBe(message => Json(message).GetProperty("TYPE").GetString() == "PERIODIC");
        last.Select(message => Json(message).GetProperty("DIR").GetInt32()).ShouldBe([0, 1]);
        foreach ((HepMessage message, MediaPhone phone) in last.Zip([call.Caller, call.Callee]))
        {
            JsonElement report = Json(message);
            message.CallId.ShouldBe("call");
            message.Source.ShouldBe(phone.Local);
            message.Destination.ShouldBe(phone.Remote);
            report.GetProperty("CORRELATION_ID").GetString().ShouldBe("call");
            report.GetProperty("RTP_SIP_CALL_ID").GetString().ShouldBe("call");
            report.GetProperty("TYPE").GetString().ShouldBe("HANGUP");
            report.GetProperty("TOTAL_PK").GetInt32().ShouldBe(3);
            report.GetProperty("EXPECTED_PK").GetInt32().ShouldBe(3);
            report.GetProperty("PACKET_LOSS").GetInt32().ShouldBe(0);
            report.GetProperty("SRC_IP").GetString().ShouldBe("127.0.0.1");
            report.GetProperty("SRC_PORT").GetInt32().ShouldBe(phone.Local.Port);
            report.GetProperty("DST_PORT").GetInt32().ShouldBe(phone.Remote.Port);
            report.GetProperty("CODEC_PT").GetInt32().ShouldBe(0);
            report.GetProperty("CODEC_NAME").GetString().ShouldBe("PCMU");
            report.GetProperty("CLOCK").GetInt32().ShouldBe(8000);
            report.GetProperty("JITTER").GetDouble().ShouldBeGreaterThan(0);
            report.GetProperty("SEQ").GetInt32().ShouldBeInRange(0, 65_535);
            report.GetProperty("DELTA").GetDouble().ShouldBeInRange(0, report.GetProperty("MAX_DELTA").GetDouble());
            report.GetProperty("SKEW").GetDouble().ShouldBeInRange(-60_000, 60_000);
            Math.Abs(report.GetProperty("MAX_SKEW").GetDouble()).ShouldBeGreaterThanOrEqualTo(Math.Abs(report.GetProperty("SKEW").GetDouble()));
            report.GetProperty("OUT_ORDER").GetInt32().ShouldBe(0);
            report.TryGetProperty("MIN_RFACTOR", out _).ShouldBeFalse("three packets are too few");
        }
    }

    [Fact]
    public async Task The_interval_in_which_a_call_ends_has_a_score_and_a_rating()
    {
        using HepListener collector = new();
        await using DaemonProcess daemon = await StartAsync(collector, "--hep-report", "0");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        await call.TalkAsync(60);
        (await control.AskAsync("D call alice bob")).ShouldBe("0");

        foreach (HepMessage message in await collector.WaitForAsync(AtEnd, 2))
        {
            JsonElement report = Json(message);
            foreach (string key in (string[])["", "MEAN_", "MIN_"])
            {
                report.GetProperty($"{key}MOS").GetDouble().ShouldBeInRange(1, 5, key);
                report.GetProperty($"{key}RFACTOR").GetDouble().ShouldBeInRange(0, 100, key); // 0 where the machine stands still: that is jitter
            }
        }
    }

    [Fact]
    public async Task A_verdict_that_changes_is_told_in_a_sentence()
    {
        using HepListener collector = new();
        await using DaemonProcess daemon = await StartAsync(collector, "--hep-report", "0");
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call"); // and nobody speaks

        HepMessage told = (await collector.WaitForAsync(Log))[0];

        told.CallId.ShouldBe("call");
        told.Text.ShouldStartWith("verdict silent (was waiting): ");
        collector.All.ShouldNotContain(message => message.PayloadType == NowAndThen);
    }

    [Fact]
    public async Task Calls_that_the_end_of_the_daemon_cuts_off_are_reported()
    {
        using HepListener collector = new();
        await using DaemonProcess daemon = await StartAsync(collector);
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        await call.TalkAsync(1);

        await daemon.SignalAsync("TERM");

        (await collector.WaitForAsync(AtEnd, 2)).ShouldAllBe(message => message.CallId == "call");
    }

    private static JsonElement Json(HepMessage message) => JsonDocument.Parse(message.Text).RootElement;

    private static Task<DaemonProcess> StartAsync(HepListener collector, params string[] options) => DaemonProcess.StartAsync(
        new DaemonSettings { Options = ["-l", "127.0.0.1", "--hep", $"udp:127.0.0.1:{collector.Port}", .. options] });
}
