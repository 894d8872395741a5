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
    [InlineData("rtpproxy: 0: max TTL argument is invalid\n", "-T", "0")]
    [InlineData("rtpproxy: -S switch requires -r switch\n", "-F", "-S", "/spool")]
    [InlineData("rtpproxy: stdio command mode requires -f switch\n", "-F", "-s", "stdio:")]
    [InlineData(
        "rtpproxy: a limit of 20 open files is too low, at least 63 are needed\n",
        "-F", "-f", "-s", "stdio:", "-L", "20", "--workers", "2")]
    [InlineData("rtpproxy: port_min should be less than port_max\n", "-F", "-f", "-m", "30000", "-M", "20000")]
    [InlineData("rtpproxy: can't find ID for the user: nobody-of-that-name\n", "-u", "nobody-of-that-name")]
    [InlineData("rtpproxy: can't find ID for the group: nobody-of-that-name\n", "-u", ":nobody-of-that-name")]
    [InlineData("rtpproxy: /nowhere.so: there is no module nowhere; this program has acct_csv, acct_rtcp_hep, catch_dtmf\n", "--dso", "/nowhere.so")]
    [InlineData("init_bindaddrs: host2bindaddr(): Name or service not known\ninit_config_bail: init_bindaddrs() failed\n", "-F", "-f", "-l", "")]
    [InlineData("rtpp_cfile_process: open failed: /nowhere.conf: No such file or directory\ninit_config_bail: rtpp_cfile_process() failed\n", "-F", "-f", "--config", "/nowhere.conf")]
    [InlineData("rtpp_cfile_process: open failed: : No such file or directory\ninit_config_bail: rtpp_cfile_process() failed\n", "-F", "-f", "--config", "")]
    [InlineData("rtpproxy: the name of the file for call records (--cdr) is empty\n", "-F", "-f", "--cdr", "")]
    public async Task What_is_wrong_is_told_on_standard_error_with_status_1(string error, params string[] arguments) =>
        (await DaemonProcess.RunAsync(arguments)).ShouldBe(new ProgramResult(1, "", error));

    [Theory]
    [InlineData("rtpproxy: 2 extra unhandled arguments at the end of the command line\n", "a", "b")]
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
        result.Error.ShouldStartWith(
            "rtpproxy: running this program as superuser in a remote control mode is strongly not recommended, ");
    }
}
