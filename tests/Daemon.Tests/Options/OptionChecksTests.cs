using RtpProxy.Daemon.Options;

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
    [InlineData("port_min should be less than port_max", "-m", "20000", "-M", "20000")]
    [InlineData("port_min should be less than port_max", "-m", "65535")]
    [InlineData("port_min should be less than port_max", "-m", "1", "-M", "1")]
    [InlineData("-S switch requires -r switch", "-S", "/spool")]
    [InlineData("stdio command mode requires -f switch", "-s", "stdio:")]
    [InlineData("stdio command mode requires -f switch", "-s", "stdioc:")]
    public void Options_that_do_not_fit_together_are_refused(string text, params string[] arguments) =>
        OptionChecks.Complete(CommandLine.Options(arguments), isSuperuser: false, out _, out _)
            .ShouldNotBeNull().Lines.ShouldBe([$"rtpproxy: {text}"]);

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
    [InlineData("-s", "/x", "-s", "udp6:::1:9")]
    [InlineData("-s", "udp:127.0.0.1", "-u", ":relay")]
    public void A_superuser_is_refused_remote_control(params string[] arguments)
    {
        OptionChecks.Complete(CommandLine.Options(arguments), isSuperuser: true, out _, out _)
            .ShouldNotBeNull().Lines.Single().ShouldStartWith(
                "rtpproxy: running this program as superuser in a remote control mode is strongly not recommended, ");
        OptionChecks.Complete(CommandLine.Options(arguments), isSuperuser: false, out _, out _).ShouldBeNull();
        OptionChecks.Complete(CommandLine.Options([.. arguments, "-F"]), isSuperuser: true, out _, out _).ShouldBeNull();
        OptionChecks.Complete(CommandLine.Options([.. arguments, "-u", "relay"]), isSuperuser: true, out _, out _).ShouldBeNull();
    }

    [Theory]
    [InlineData("-s", "/x")]
    [InlineData("-s", "tcp:127.0.0.1")]
    public void A_superuser_is_warned_of_local_control(params string[] arguments)
    {
        OptionChecks.Complete(CommandLine.Options(arguments), isSuperuser: true, out _, out string? warning).ShouldBeNull();
        warning.ShouldNotBeNull().ShouldStartWith("WARNING!!! Running this program as superuser");

        OptionChecks.Complete(CommandLine.Options([.. arguments, "-F"]), isSuperuser: true, out _, out warning).ShouldBeNull();
        warning.ShouldBeNull();
    }

    private static DaemonOptions Complete(params string[] arguments)
    {
        OptionChecks.Complete(CommandLine.Options(arguments), isSuperuser: false, out DaemonOptions complete, out string? warning)
            .ShouldBeNull();
        warning.ShouldBeNull();
        return complete;
    }
}
