using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>Phones press keys, and controllers and the log are told (control protocol, section 7.5).</summary>
public class DigitTests
{
    private static readonly byte[] Five = [5, 10, 0x03, 0x20];
    private static readonly byte[] FiveIsOver = [5, 0x80 | 10, 0x03, 0x20];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_controller_is_told_a_digit_and_may_have_it_for_itself(bool isHidden)
    {
        using TcpListener target = new(IPAddress.Loopback, 0);
        target.Start();
        string name = $"tcp:{target.LocalEndpoint}";
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { LogLevel = "info", Options = ["-n", name, "-l", "127.0.0.1"] });
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        await call.TalkAsync(1);
        string asked = $"U call 127.0.0.1 {call.Caller.Local.Port} alice bob {name} gone && M3:1 dtmf%20tag 96{(isHidden ? " h" : "")}";
        (await control.AskAsync(asked)).ShouldNotContain("&&");

        PressFive(call.Caller, payloadType: 96);
        call.Caller.Say();

        using Socket notices = await target.AcceptSocketAsync().WaitAsync(Eventually.Deadline);
        (await ReadLineAsync(notices)).ShouldBe("dtmf tag 5 10 800 0");
        int heard = isHidden ? 1 : 4;
        (await call.Callee.HearAsync(heard))[^1].Length.ShouldBe(172);
        (await control.AskAsync("Q call alice bob nrelayed ndropped")).ShouldBe(isHidden ? "3 3" : "6 0");
        string line = await daemon.Log.WaitForAsync("pressed a digit");
        line.ShouldContain("caller pressed a digit: duration 800, volume -10 dBm0");
    }

    [Fact]
    public async Task With_the_option_every_call_is_listened_to_and_the_log_may_show_the_digits()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { LogLevel = "info", Options = ["--dtmf=97", "--log-digits", "-l", "127.0.0.1"] });
        await using ControlClient control = await daemon.ConnectAsync();
        using MediaCall call = await MediaCall.SetUpAsync(control, "call");
        await call.TalkAsync(1);

        PressFive(call.Callee, payloadType: 101);
        PressFive(call.Callee, payloadType: 97);

        (await daemon.Log.WaitForAsync("pressed the digit")).ShouldContain("callee pressed the digit '5': duration 800");
        (await call.Caller.HearAsync(6)).Count.ShouldBe(6);
    }

    private static void PressFive(MediaPhone phone, byte payloadType) => phone.SayOfOneMoment([Five, FiveIsOver, FiveIsOver], payloadType);

    private static async Task<string> ReadLineAsync(Socket socket)
    {
        using NetworkStream stream = new(socket);
        using StreamReader reader = new(stream);
        return (await reader.ReadLineAsync().WaitAsync(Eventually.Deadline)).ShouldNotBeNull();
    }
}
