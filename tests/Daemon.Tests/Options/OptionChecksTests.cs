using RtpProxy.Daemon.Options;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Options;

public class OptionChecksTests
{
    [Theory]
    [InlineData("35000", "65000", 35_000, 64_998)]
    [InlineData("35001", "65001", 35_002, 65_000)]
    [InlineData("20000", "20003", 20_000, 20_002)]
    [InlineData("20000", "20001", 20_000, 20_000)]
    [InlineData("1", "65535", 2, 65_534)]
    public void Ports_are_narrowed_to_whole_pairs(string min, string max, int lowest, int highest)
    {
        DaemonOptions complete = Complete("-m", min, "-M", max);

        complete.PortMin.ShouldBe(lowest);
        complete.PortMax.ShouldBe(highest);
    }

    [Theory]
    [InlineData($"-M is '20000', but -m is '20000', which leaves no room for media; expected {Room}", "-m", "20000", "-M", "20000")]
    [InlineData($"the default of -M is '65000', but -m is '65535', which leaves no room for media; expected {Room}", "-m", "65535")]
    [InlineData($"--max-port is '1', but -m is '1', which leaves no room for media; expected {Room}", "-m", "1", "--max-port", "1")]
    [InlineData($"-M is '1000', but the default of -m is '35000', which leaves no room for media; expected {Room}", "-M", "1000")]
    [InlineData("-S is '/spool', but there is no directory for recordings; expected -r as well, where recordings end up", "-S", "/spool")]
    [InlineData("-s is 'stdio:', but in the background there is no standard input; expected -f as well", "-s", "stdio:", "-s", "/x")]
    [InlineData("--control is 'stdioc:', but in the background there is no standard input; expected -f as well", "--control=stdioc:")]
    [InlineData("--http is '127.0.0.1:8880', but --control is 'tcp:*:8880'; expected an address and port of its own", "--control=tcp:*:8880", "--http", "127.0.0.1:8880")]
    [InlineData("--http is '[::1]:8880', but -s is 'tcp6:::1:8880'; expected an address and port of its own", "-s", "tcp6:::1:8880", "--http", "[::1]:8880")]
    [InlineData("--ng-http is '127.0.0.1:8880', but --http is '127.0.0.1:8880'; expected an address and port of its own", "--ng", "udp:2223", "--http", "127.0.0.1:8880", "--ng-http", "127.0.0.1:8880")]
    [InlineData("--ng-http is '127.0.0.1:8880', but --ng is 'tcp:8880'; expected an address and port of its own", "--ng", "udp:8880", "--ng", "tcp:8880", "--ng-http", "127.0.0.1:8880")]
    public void Options_that_do_not_fit_together_are_refused(string text, params string[] arguments) =>
        Check(arguments).ShouldNotBeNull().Lines.ShouldBe([$"rtpproxy: {text}"]);

    [Fact]
    public void Without_control_sockets_there_is_the_usual_one()
    {
        Complete().ControlSockets.Single().ToString().ShouldBe("unix:/var/run/rtpproxy.sock");
        Complete("-s", "/x").ControlSockets.Single().ToString().ShouldBe("unix:/x");
    }

    [Fact]
    public void Without_a_number_there_is_a_worker_for_every_usable_CPU()
    {
        Complete().Workers.ShouldBe(Environment.ProcessorCount);
        Complete("--workers", "7").Workers.ShouldBe(7);
    }

    [Theory]
    [InlineData("-s", "udp:127.0.0.1")]
    [InlineData("-s", "udp6:::1:9", "-s", "/x")]
    [InlineData("-s", "udp:127.0.0.1", "-u", ":relay")]
    public void A_superuser_is_refused_remote_control(params string[] arguments)
    {
        Check(arguments, isSuperuser: true).ShouldNotBeNull().Lines.ShouldBe([
            $"rtpproxy: -s is '{arguments[1]}', but whoever can send a datagram there would command a program of the superuser's; "
            + "expected -u USER as well, to run as another user, or -F to run as superuser all the same"]);
        Check(arguments).ShouldBeNull();
        Check([.. arguments, "-F"], isSuperuser: true).ShouldBeNull();
        Check([.. arguments, "-u", "relay"], isSuperuser: true).ShouldBeNull();
    }

    [Theory]
    [InlineData("-s", "/x")]
    [InlineData("-s", "tcp:127.0.0.1")]
    public void A_superuser_is_warned_of_local_control(params string[] arguments)
    {
        Warnings(arguments, isSuperuser: true).ShouldHaveSingleItem().ShouldStartWith("this program runs as superuser");
        Warnings([.. arguments, "-F"], isSuperuser: true).ShouldBeEmpty();
        Warnings(arguments).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        $"-M is '20001', but -m is '20000': no call fits whose parties are both at one of our addresses; expected {Room}", "-m", "20000", "-M", "20001")]
    [InlineData("-w is '888', but that is octal 01570; expected an octal number with a leading zero, such as 0660", "-w", "888")]
    [InlineData("-w is '660', but that is octal 01224; expected an octal number with a leading zero, such as 0660", "-w", "660")]
    [InlineData("-w is '04755', but that is octal 04755; expected an octal number with a leading zero, such as 0660", "-w", "04755")]
    [InlineData("--config is '/etc/modules.conf', but '/etc/other.conf' is named after it and counts alone; expected one file of either form", "--config", "/etc/modules.conf", "--config", "/etc/other.conf")]
    [InlineData("-w is '0444', but with 0444 the owner cannot command it; expected a mode that lets somebody write, such as 0660", "-w", "0444")]
    [InlineData($"--b2b-url is 'http://127.0.0.1/', but {NoNg}", "--b2b-url", "http://127.0.0.1/")]
    [InlineData($"--dtmf-log-dest is '127.0.0.1:9', but {NoNg}", "--dtmf-log-dest", "127.0.0.1:9")]
    [InlineData($"--ng-delete-delay is '5', but {NoNg}", "--ng-delete-delay", "5")]
    [InlineData($"--ng-sip-source is given, but {NoNg}", "--ng-sip-source")]
    [InlineData($"--silent-timeout is '5', but {NoNg}", "--silent-timeout", "5")]
    public void What_nobody_means_and_does_no_harm_is_warned_of(string text, params string[] arguments) =>
        Warnings(arguments).ShouldBe([text]);

    [Theory]
    [InlineData("--ng", "tcp:2223", "--b2b-url", "http://127.0.0.1/", "--dtmf-log-dest", "127.0.0.1:9", "--ng-sip-source", "--silent-timeout", "5")]
    [InlineData("--ng-sip-source=false")]
    [InlineData("-w", "432")]
    [InlineData("-w", "0777")]
    [InlineData("-m", "20000", "-M", "20003")]
    public void What_may_be_meant_is_not(params string[] arguments) => Warnings(arguments).ShouldBeEmpty();

    [Fact]
    public void Of_two_files_of_options_the_last_counts_alone_and_that_is_told()
    {
        using WorkingDirectory directory = new();
        string first = directory.File("a.toml");
        string second = directory.File("b.toml");
        File.WriteAllText(first, "timeout = 5");
        File.WriteAllText(second, "workers = 1");

        Warnings(["--config", first, "--config", second]).ShouldBe(
            [$"--config is '{first}', but '{second}' is named after it and counts alone; expected one file of either form"]);
        Warnings(["--config", second, "--config", "/etc/modules.conf"]).ShouldBeEmpty();
    }

    private const string NoNg = "there are no calls of the ng protocol; expected --ng as well";

    private const string Room = "room for two pairs at least, of an even port and the next, as a call takes two";

    private static StartFault? Check(string[] arguments, bool isSuperuser = false)
    {
        RunDaemon run = CommandLine.Run(arguments);
        return OptionChecks.Complete(run.Options, run.Settings, isSuperuser, [], out _);
    }

    private static List<string> Warnings(string[] arguments, bool isSuperuser = false)
    {
        List<string> warnings = [];
        RunDaemon run = CommandLine.Run(arguments);
        OptionChecks.Complete(run.Options, run.Settings, isSuperuser, warnings, out _).ShouldBeNull();
        return warnings;
    }

    private static DaemonOptions Complete(params string[] arguments)
    {
        RunDaemon run = CommandLine.Run(arguments);
        OptionChecks.Complete(run.Options, run.Settings, isSuperuser: false, [], out DaemonOptions complete).ShouldBeNull();
        return complete;
    }
}
