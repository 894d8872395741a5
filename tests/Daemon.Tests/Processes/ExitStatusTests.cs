using RtpProxy.Daemon.Options;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

public class ExitStatusTests
{
    [Fact]
    public async Task Questions_are_answered_on_standard_output_with_status_0()
    {
        ProgramResult version = await DaemonProcess.RunAsync("-V");
        version.Status.ShouldBe(0);
        version.Output.ShouldMatch("^3\\.2\\.0\\..+\n$");
        version.Error.ShouldBeEmpty();

        (await DaemonProcess.RunAsync("-C")).ShouldBe(new ProgramResult(0, "CLOCK_BOOTTIME\n", ""));
        (await DaemonProcess.RunAsync("-v")).Output.ShouldStartWith("Basic version: 20040107\nExtension 20040107: ");
    }

    [Theory]
    [InlineData("-T is '0'; expected a number of seconds, 1 to 2147483647", "-T", "0")]
    [InlineData("-S is '/spool', but there is no directory for recordings; expected -r as well, where recordings end up", "-F", "-S", "/spool")]
    [InlineData("-s is 'stdio:', but in the background there is no standard input; expected -f as well", "-F", "-s", "stdio:")]
    [InlineData(
        "-L is '20', but the workers and sockets that are asked for need more; expected at least 63",
        "-F", "-f", "-s", "stdio:", "-L", "20", "--workers", "2")]
    [InlineData(
        "-M is '20000', but -m is '30000', which leaves no room for media; "
        + "expected room for two pairs at least, of an even port and the next, as a call takes two",
        "-F", "-f", "-m", "30000", "-M", "20000")]
    [InlineData("-u is 'nobody-of-that-name', but there is no user 'nobody-of-that-name'; expected USER, USER:GROUP or :GROUP", "-u", "nobody-of-that-name")]
    [InlineData("-u is ':nobody-of-that-name', but there is no group 'nobody-of-that-name'; expected USER, USER:GROUP or :GROUP", "-u", ":nobody-of-that-name")]
    [InlineData("--dso is '/nowhere.so', but there is no module nowhere; expected acct_csv, acct_rtcp_hep, catch_dtmf", "--dso", "/nowhere.so")]
    [InlineData("-l is '', but no address is named; expected an IPv4 address of this host, a name of one, or *", "-F", "-f", "-l", "")]
    [InlineData(
        "--config is '/nowhere.conf', but there is no such file; expected a file with modules in the original's form",
        "-F", "-f", "--config", "/nowhere.conf")]
    [InlineData("--config is ''; expected the path of a file", "-F", "-f", "--config", "")]
    [InlineData("--cdr is ''; expected the path of a file", "-F", "-f", "--cdr", "")]
    public async Task What_is_wrong_is_told_on_standard_error_with_status_1(string error, params string[] arguments) =>
        (await DaemonProcess.RunAsync(arguments)).ShouldBe(new ProgramResult(1, "", $"rtpproxy: {error}\n"));

    [Theory]
    [InlineData("rtpproxy: 'a' belongs to no option; expected options and their arguments only\n", "a", "b")]
    public async Task A_line_that_cannot_be_understood_shows_the_usage(string first, params string[] arguments) =>
        (await DaemonProcess.RunAsync(arguments)).ShouldBe(new ProgramResult(1, "", first + Usage.Synopsis));

    [Theory]
    [InlineData("-s", "udp:127.0.0.1:0")]
    [InlineData("-s", "unix:x.sock", "-s", "udp6:::1:0")]
    public async Task A_superuser_needs_F_for_remote_control(params string[] arguments)
    {
        if (!ProcessFacts.AmSuperuser)
        {
            return; // The refusal is for the superuser only; the unit tests of the checks cover it for everybody.
        }

        ProgramResult result = await DaemonProcess.RunAsync(["-f", .. arguments]);

        result.Status.ShouldBe(1);
        result.Error.ShouldContain("', but whoever can send a datagram there would command a program of the superuser's; expected -u USER as well");
    }
}
