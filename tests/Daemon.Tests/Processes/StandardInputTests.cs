using RtpProxy.TestKit;
using RtpProxy.TestKit.Conversations;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

public class StandardInputTests
{
    [Theory]
    [InlineData("stdio:")]
    [InlineData("stdioc:")]
    [InlineData("stdio:ignored")]
    public async Task The_end_of_input_ends_the_daemon(string socket)
    {
        using WorkingDirectory directory = new();

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "-f", "-F", "-s", socket, "-s", directory.File("x.sock"), "-p", directory.File("pid"), "-d", "err");

        result.ShouldBe(new ProgramResult(0, "", ""));
    }

    [Fact]
    public async Task With_a_datagram_socket_beside_it_the_daemon_goes_on()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Transports = [Transport.Udp, Transport.Stdio] });
        await using (ControlClient client = await daemon.ConnectAsync(Transport.Stdio))
        {
            (await client.AskAsync("V")).ShouldBe("20040107");
        }

        daemon.CloseInput();

        await using ControlClient other = await daemon.ConnectAsync(Transport.Udp);
        (await other.AskAsync("U call 127.0.0.1 4000 tag")).ShouldNotStartWith("E");
        daemon.HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_delays_the_end()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(
            new DaemonSettings { Transports = [Transport.Stdio, Transport.Cunix] });
        await using ControlClient input = await daemon.ConnectAsync(Transport.Stdio);
        await using ControlClient other = await daemon.ConnectAsync(Transport.Cunix);
        await input.AskAsync("U call 127.0.0.1 4000 tag");

        daemon.CloseInput();
        int calls = 0;
        await Eventually.TrueAsync(
            () => other.AskAsync($"U new{++calls} 127.0.0.1 4000 tag").GetAwaiter().GetResult() == "E99", "new sessions are refused");
        daemon.HasExited.ShouldBeFalse();

        (await other.AskAsync("X")).ShouldBe("0");
        (await daemon.WaitForExitAsync()).ShouldBe(0);
    }
}
