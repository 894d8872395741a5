using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

public class SignalTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("USR1")]
    [InlineData("USR2")]
    [InlineData("XCPU")]
    [InlineData("XFSZ")]
    [InlineData("VTALRM")]
    [InlineData("PROF")]
    public async Task A_stopping_signal_drops_sessions_and_ends_with_0(string signal)
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();
        await daemon.AskAsync("U call 127.0.0.1 4000 tag");

        await daemon.SignalAsync(signal);

        (await daemon.WaitForExitAsync()).ShouldBe(0);
        daemon.Log.Text.ShouldContain("rtpproxy ended");
        File.Exists(daemon.Directory.File("cunix.sock")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("QUIT", 3)]
    [InlineData("ILL", 4)]
    [InlineData("TRAP", 5)]
    [InlineData("ABRT", 6)]
    [InlineData("BUS", 7)]
    [InlineData("FPE", 8)]
    [InlineData("SEGV", 11)]
    [InlineData("SYS", 31)]
    public async Task A_bad_signal_is_told_and_leaves_everything_where_it_is(string signal, int number)
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { LogLevel = "crit" });

        await daemon.SignalAsync(signal);

        (await daemon.WaitForExitAsync()).ShouldBe(128 + number);
        daemon.Log.All.Single().ShouldMatch($"^CRIT:GLOBAL:[^:]+:[0-9]+: got BAD signal {number}, fastshutdown = 0$");
        File.Exists(daemon.Directory.File("cunix.sock")).ShouldBeTrue();
        File.Exists(daemon.PidFile).ShouldBeTrue();
    }

    [Fact]
    public async Task A_broken_pipe_is_nothing()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();

        await daemon.SignalAsync("PIPE");

        (await daemon.AskAsync("V")).ShouldBe("20040107");
    }

    [Fact]
    public async Task A_hangup_waits_for_the_last_session()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();
        await using ControlClient client = await daemon.ConnectAsync();
        string port = await client.AskAsync("U call 127.0.0.1 4000 tag");

        await daemon.SignalAsync("HUP");
        await daemon.Log.WaitForAsync("deorbiting");

        (await client.AskAsync("U other 127.0.0.1 4000 tag")).ShouldBe("E99");
        (await client.AskAsync("U call 127.0.0.1 4000 tag")).ShouldBe(port);
        (await client.AskAsync("D call tag")).ShouldBe("0");
        (await daemon.WaitForExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_stopping_signal_ends_a_slow_shutdown()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();
        await daemon.AskAsync("U call 127.0.0.1 4000 tag");
        await daemon.SignalAsync("HUP");
        await daemon.Log.WaitForAsync("deorbiting");

        await daemon.SignalAsync("TERM");

        (await daemon.WaitForExitAsync()).ShouldBe(0);
    }
}
