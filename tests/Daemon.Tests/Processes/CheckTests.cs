using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary><c>--check</c>: what a start would do and say, without one.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CheckTests
{
    [Fact]
    public async Task What_would_be_served_is_told_and_nothing_is_made()
    {
        using WorkingDirectory directory = new();
        Directory.CreateDirectory(directory.File("rec"));
        File.WriteAllText(
            directory.File("rtpproxy.toml"),
            """
            control = ["unix:x.sock"]
            listen = ["127.0.0.1=relay.example"]
            min-port = 20000
            max-port = 20099
            record-dir = "rec"
            admin = "unix:admin.sock"
            foreground = true
            allow-superuser = true
            """);
        string[] before = Directory.GetFileSystemEntries(directory.Path);

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "--check", "--config", "rtpproxy.toml", "-p", directory.File("pid"), "--workers=2");

        result.Error.ShouldBeEmpty();
        result.Status.ShouldBe(0);
        result.Output.ShouldContain("rtpproxy: options: rtpproxy.toml, the command line\n");
        result.Output.ShouldContain($"rtpproxy: commands: unix:{directory.Path}/x.sock; admin socket {directory.Path}/admin.sock\n");
        result.Output.ShouldContain("rtpproxy: media: 127.0.0.1 shown as relay.example\n");
        result.Output.ShouldContain("rtpproxy: room: ports 20000 to 20099 for 25 sessions at one address, ");
        result.Output.ShouldContain("; 2 workers\n");
        result.Output.ShouldContain($"rtpproxy: recordings: into {directory.Path}/rec, where a command asks for it; ");
        result.Output.ShouldContain("rtpproxy: not kept: ");
        result.Output.ShouldEndWith("rtpproxy: the start would go on from here\n");
        Directory.GetFileSystemEntries(directory.Path).ShouldBe(before, ignoreOrder: true);
    }

    [Fact]
    public async Task Who_is_told_of_what_is_said()
    {
        using WorkingDirectory directory = new();
        int port = FreePorts.One(ProtocolType.Udp, ipv6: false);

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "--check", "-f", "-F", "-p", "/dev/null", "-s", directory.File("x.sock"), "--cdr", directory.File("calls.json"),
            "--dtmf-log-dest", "127.0.0.1:2229", "-n", "tcp:127.0.0.1:5061", "--b2b-url", "http://127.0.0.1:5060/RPC2", "--ng", $"udp:{port}");

        result.Output.ShouldContain(
            $"rtpproxy: told: calls to {directory.File("calls.json")}, digits to 127.0.0.1:2229, "
            + "calls that time out to tcp:127.0.0.1:5061, http://127.0.0.1:5060/RPC2\n");
    }

    [Fact]
    public async Task The_log_of_a_start_says_the_same()
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(new DaemonSettings { Options = ["-r", "/nowhere"] });

        await daemon.Log.WaitForAsync("commands: ");
        await daemon.Log.WaitForAsync("room: ports ");
        daemon.Log.Text.Split('\n').Count(line => line.Contains(" open files for ", StringComparison.Ordinal)).ShouldBe(1);
        daemon.Log.Text.ShouldNotContain("sessions fit");
        await daemon.Log.WaitForAsync("not kept: calls end with this process");
        await daemon.Log.WaitForAsync(
            "-r is '/nowhere', but there is no directory /nowhere; expected a directory where recordings can be made");
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        using WorkingDirectory directory = new();

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "--check", "-f", "-F", "-s", "/nowhere/x.sock", "-s", "udp:203.0.113.1:9", "--admin", directory.Path,
            "--cdr", "/nowhere/cdr", "-p", "pid");

        result.Status.ShouldBe(1);
        result.Output.ShouldBeEmpty();
        result.Error.Split('\n').ShouldBe(
        [
            "rtpproxy: -s is '/nowhere/x.sock', but there is no directory /nowhere; expected a path where this program can make a socket",
            "rtpproxy: -s is 'udp:203.0.113.1:9', but the system says: Cannot assign requested address; "
                + "expected an address of this host, and a port that is free and permitted",
            $"rtpproxy: --admin is '{directory.Path}', but it is a directory and not a socket, and is left untouched; "
                + "expected a path where this program can make a socket",
            "rtpproxy: --cdr is '/nowhere/cdr', but there is no directory /nowhere; expected a file that can be appended to",
            "",
        ]);
    }

    [Fact]
    public async Task What_only_the_start_can_find_out_is_said_not_to_be_looked_at()
    {
        ProgramResult result = await DaemonProcess.RunAsync("--check", "-f", "-F", "-s", "systemd:", "-p", "/dev/null");

        result.Status.ShouldBe(0);
        result.Error.ShouldBe("rtpproxy: warning: -s is 'systemd:', a socket that systemd passes at the start: it has not been looked at\n");
    }

    [Fact]
    public async Task A_token_that_others_can_read_and_a_directory_for_a_file_are_found()
    {
        using WorkingDirectory directory = new();
        File.WriteAllText(directory.File("token"), "0123456789abcdef0123456789abcdef\n");
        File.SetUnixFileMode(directory.File("token"), (UnixFileMode)0x1A4); // octal 0644
        Directory.CreateDirectory(directory.File("pid"));

        ProgramResult result = await DaemonProcess.RunInAsync(
            directory, "--check", "-f", "-F", "-s", "x.sock", "-p", "pid", "--cdr", "/", "--http", "127.0.0.1:0", "--http-token", "token");

        result.Status.ShouldBe(1);
        string[] said = result.Error.Split('\n');
        said.ShouldContain($"rtpproxy: warning: -p is 'pid', but {directory.File("pid")} is a directory; expected a file that can be made");
        said.ShouldContain("rtpproxy: --cdr is '/', but / is a directory; expected a file that can be appended to");
        said.ShouldContain("rtpproxy: --http-token is 'token', but the file is open to others; expected mode 0600 or 0640");
    }

    [Fact]
    public async Task Sockets_of_a_relay_that_runs_are_no_fault()
    {
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string taken = string.Create(CultureInfo.InvariantCulture, $"udp:127.0.0.1:{((IPEndPoint)other.LocalEndPoint!).Port}");

        ProgramResult result = await DaemonProcess.RunAsync("--check", "-f", "-F", "-s", taken, "-p", "/dev/null");

        result.Status.ShouldBe(0);
        result.Error.ShouldBe(
            $"rtpproxy: warning: -s is '{taken}', and another program has it now: a start waits for its end, or fails\n");
    }
}
