using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using RtpProxy.Daemon.Tests.Media;
using RtpProxy.TestKit.Daemon;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Daemon.Tests.Verdicts;

/// <summary>The round trip by RTCP that goes through the real daemon, at the ports for it or at those for RTP (RFC 5761).</summary>
public sealed class RoundTripTests
{
    private const int AtThePhone = 100; // ms, which are the phone's and not the network's
    private const int UnitsPerSecond = 65_536; // RFC 3550 section 6.4.1: DLSR

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task It_is_known_after_a_sender_report_and_its_answer(bool isMuxed, bool calleeAsks)
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { Options = ["-l", "127.0.0.1"] });
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        (MediaPhone asks, MediaPhone answers) = calleeAsks ? (call.Callee, call.Caller) : (call.Caller, call.Callee);
        asks.Say();
        uint ssrc = BinaryPrimitives.ReadUInt32BigEndian((await answers.HearAsync()).AsSpan(8));

        Send(asks, RtcpBytes.SenderReport(ssrc, id: 0x1234_5678), isMuxed);
        await (isMuxed ? answers.HearAsync() : answers.HearReportAsync());
        long heard = Stopwatch.GetTimestamp();
        await Task.Delay(2 * AtThePhone, TestContext.Current.CancellationToken);
        double away = Stopwatch.GetElapsedTime(heard).TotalMilliseconds - AtThePhone; // a timer may be early
        byte[] block = RtcpBytes.Block(ssrc, lastReport: 0x1234_5678, delay: AtThePhone * UnitsPerSecond / 1000);
        Send(answers, RtcpBytes.ReceiverReport(99, block), isMuxed);
        await (isMuxed ? asks.HearAsync() : asks.HearReportAsync());

        string[] known = (await control.AskAsync("Q call alice bob rtt_ino rtt_ina")).Split(' ');
        known[calleeAsks ? 0 : 1].ShouldBe("-", "nobody has asked");
        double.Parse(known[calleeAsks ? 1 : 0], CultureInfo.InvariantCulture).ShouldBeInRange(away - 1, 10_000);
    }

    private static void Send(MediaPhone phone, byte[] report, bool isMuxed)
    {
        if (isMuxed)
        {
            phone.SendRtp(report);
        }
        else
        {
            phone.SendReport(report);
        }
    }
}
