using System.Diagnostics;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

public class LogTests
{
    [Fact]
    public async Task Commands_and_replies_are_logged_at_the_lowest_level()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { LogLevel = "DBUG" });

        await daemon.AskAsync("V");

        (await daemon.Log.WaitForAsync("received command")).ShouldMatch("^DBUG:GLOBAL:[^:]+:[0-9]+: received command \"V\"$");
        (await daemon.Log.WaitForAsync("sending reply")).ShouldMatch("^DBUG:GLOBAL:[^:]+:[0-9]+: sending reply \"20040107\\\\n\"$");
    }

    [Fact]
    public async Task Lines_of_a_session_name_its_call()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();

        await daemon.AskAsync("U some-call 127.0.0.1 4000 tag");

        (await daemon.Log.WaitForAsync("created")).ShouldStartWith("INFO:some-call:");
    }

    [Fact]
    public async Task What_a_command_asks_for_in_vain_is_a_warning_that_says_why()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { Options = ["-n", "/run/n.sock"] });

        await daemon.AskAsync("U some-call 127.0.0.1 4000 tag unix:/run/other.sock note");
        await daemon.AskAsync("U some-call 0 4000 tag other /run/n.sock");

        (await daemon.Log.WaitForAsync("'unix:/run/other.sock' is not permitted by -n")).ShouldStartWith("WARN:some-call:");
        (await daemon.Log.WaitForAsync("no IPv4 address has the length of '0'")).ShouldStartWith("WARN:some-call:");
        (await daemon.Log.WaitForAsync("'/run/n.sock' is not permitted or has no tag")).ShouldStartWith("WARN:some-call:");
    }

    [Fact]
    public async Task A_level_hides_those_below_it()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { LogLevel = "ERR:LOCAL3" });
        await daemon.AskAsync("U some-call 127.0.0.1 4000 tag");
        await daemon.SignalAsync("TERM");

        await daemon.WaitForExitAsync();

        daemon.Log.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_controller_sends_cannot_break_a_line()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync();

        await daemon.AskAsync("U a\u001b[31m\u0007b 127.0.0.1 4000 tag\rCRIT:GLOBAL:x:1: gone");
        await daemon.Log.WaitForAsync("sending reply");

        daemon.Log.All.ShouldAllBe(line => line.All(c => !char.IsControl(c)));
        daemon.Log.All.ShouldAllBe(line => !line.StartsWith("CRIT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_begin_with_the_time_since_the_start_on_demand()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings
        {
            Environment = new Dictionary<string, string> { ["RTPP_LOG_TFORM"] = "rel" },
        });

        (await daemon.Log.WaitForAsync("started")).ShouldMatch("^00:00:[0-5][0-9]\\.[0-9]{3}/INFO:GLOBAL:");
    }

    [Fact]
    public async Task A_log_that_nobody_reads_delays_no_command()
    {
        using WorkingDirectory directory = new();
        ProcessStartInfo start = new(Executables.Daemon) { RedirectStandardError = true, WorkingDirectory = directory.Path };
        string[] arguments = ["-f", "-F", "-s", "cunix:" + directory.File("c"), "-p", directory.File("pid"), "-d", "dbug"];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        await Eventually.TrueAsync(() => File.Exists(directory.File("pid")) && new FileInfo(directory.File("pid")).Length > 0, "a pid");
        System.Net.Sockets.UnixDomainSocketEndPoint address = new(directory.File("c"));
        using System.Net.Sockets.Socket socket = await StreamConnection.OpenAsync(address);
        await using System.Net.Sockets.NetworkStream stream = new(socket);
        using StreamReader replies = new(stream);

        // A pipe holds 64 KiB; this is some 800 KiB of log.
        string command = "VF " + new string('x', 350) + "\n";
        for (int i = 0; i < 2_000; i++)
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(command));
            (await replies.ReadLineAsync().WaitAsync(Eventually.Deadline)).ShouldBe("0");
        }

        process.Kill();
        await process.WaitForExitAsync();
    }
}
