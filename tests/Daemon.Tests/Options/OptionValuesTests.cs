using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Options;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Tests.Options;

public class OptionValuesTests
{
    [Fact]
    public void What_is_switched_on_is_switched_off_behind_it_whoever_put_it_there()
    {
        CommandLine.Options("-f", "--keep", "--foreground=false", "--keep=false").ShouldBe(CommandLine.Options());
        CommandLine.Options("--keep=false", "--keep").IsKept.ShouldBeTrue();
        CommandLine.Options("--dtmf=96", "--dtmf=false").Relay.DigitPayloadType.ShouldBeNull();
        CommandLine.Options("--dtmf=false", "--dtmf=96").Relay.DigitPayloadType!.Value.Value.ShouldBe((byte)96);
        CommandLine.Fault("--keep=yes", "--keep=false").ShouldStartWith("rtpproxy: --keep is 'yes'; expected true or false");
    }

    [Fact]
    public void Without_options_the_defaults_of_the_document_hold()
    {
        DaemonOptions options = CommandLine.Options();

        options.Relay.TtlSeconds.ShouldBe(60);
        options.Relay.SetupTtlSeconds.ShouldBeNull();
        options.Relay.JitterBuffer.ShouldBe(TimeSpan.FromMilliseconds(60));
        options.Relay.Tos.ShouldBe((byte)184);
        options.PortMin.ShouldBe(35_000);
        options.PortMax.ShouldBe(65_000);
        options.PidFile.ShouldBe("/var/run/rtpproxy.pid");
        options.SocketMode.ShouldBeNull();
        options.LogFacility.ShouldBe(SyslogFacility.Daemon);
        options.Listen.ShouldBeEmpty();
        options.ControlSockets.ShouldBeEmpty();
        options.Foreground.ShouldBeFalse();
        options.RunAs.ShouldBeNull();
        options.Nice.ShouldBeNull();
        options.Scheduling.ShouldBeNull();
    }

    [Fact]
    public void Switches_are_told_apart()
    {
        DaemonOptions options = CommandLine.Options("-2abDFfiPR");

        options.Relay.DoubleSmallPackets.ShouldBeTrue();
        options.Relay.RecordAll.ShouldBeTrue();
        options.SequentialPorts.ShouldBeTrue();
        options.KeepDirectory.ShouldBeTrue();
        options.AllowSuperuser.ShouldBeTrue();
        options.Foreground.ShouldBeTrue();
        options.Relay.IndependentTimeouts.ShouldBeTrue();
        options.Relay.RecordPcap.ShouldBeTrue();
        options.Relay.SkipRtcpRecording.ShouldBeTrue();
    }

    [Fact]
    public void Each_switch_changes_one_thing_only()
    {
        DaemonOptions none = CommandLine.Options();
        string[] switches =
        [
            "-2", "-a", "-b", "-D", "-F", "-f", "-i", "-P", "-R",
            "--bridge_symmetric", "--force_asymmetric", "--no_redirect", "--no_resolve", "--overload_prot", "--dtmf",
            "--log-digits",
        ];

        DaemonOptions[] all = [.. switches.Select(s => CommandLine.Options(s))];

        all.ShouldAllBe(options => options != none);
        all.Distinct().Count().ShouldBe(switches.Length);
    }

    [Fact]
    public void Long_options_may_be_abbreviated_and_options_may_follow_each_other_in_any_form()
    {
        CommandLine.Options("--no_red", "--no_res", "--bri").ShouldBe(
            CommandLine.Options("--no_redirect", "--no_resolve", "--bridge_symmetric"));
        CommandLine.Options("-fT5", "--nice=-3").ShouldBe(CommandLine.Options("--nice", "-3", "-T", "5", "-f"));
    }

    [Fact]
    public void A_double_dash_ends_the_options()
    {
        CommandLine.Options("-f", "--").Foreground.ShouldBeTrue();
        CommandLine.Fault("--", "-f").ShouldStartWith("rtpproxy: '-f' belongs to no option; ");
    }

    [Theory]
    [InlineData("--dtmf", 101), InlineData("--dtmf=96", 96), InlineData("--dtmf=0", 0), InlineData("--dtmf=127", 127)]
    public void Digits_have_a_payload_type(string option, int type)
    {
        CommandLine.Options(option).Relay.DigitPayloadType!.Value.Value.ShouldBe((byte)type);
        CommandLine.Options().Relay.DigitPayloadType.ShouldBeNull();
    }

    [Theory]
    [InlineData("-1", null)]
    [InlineData("0", 0)]
    [InlineData("255", 255)]
    [InlineData("0xB8", 0xB8)]
    [InlineData("0xb8", 0xB8)]
    [InlineData("0X10", 16)]
    [InlineData("010", 10)]
    public void Tos_is_decimal_or_hexadecimal_and_minus_one_leaves_it_alone(string text, int? tos) =>
        CommandLine.Options("-t", text).Relay.Tos.ShouldBe((byte?)tos);

    [Theory]
    [InlineData("432", "660")]
    [InlineData("0660", "660")]
    [InlineData("0", "0")]
    [InlineData("4095", "7777")]
    [InlineData("07777", "7777")]
    [InlineData("660", "1224")]
    public void A_socket_mode_is_decimal_unless_it_begins_with_zero(string text, string octal) =>
        CommandLine.Options("-w", text).SocketMode.ShouldBe((UnixFileMode)Convert.ToInt32(octal, 8));

    [Fact]
    public void Numbers_reach_their_options()
    {
        DaemonOptions options = CommandLine.Options(
            "-T", "30", "-W", "7", "-m", "1", "-M", "65535", "-L", "0", "--nice", "20", "--workers", "3",
            "--jitter-buffer", "80");

        options.Relay.TtlSeconds.ShouldBe(30);
        options.Relay.SetupTtlSeconds.ShouldBe(7);
        options.PortMin.ShouldBe(1);
        options.PortMax.ShouldBe(65_535);
        options.DescriptorLimit.ShouldBe(0);
        options.Nice.ShouldBe(20);
        options.Workers.ShouldBe(3);
        options.Relay.JitterBuffer.ShouldBe(TimeSpan.FromMilliseconds(80));
    }

    [Fact]
    public void Texts_reach_their_options()
    {
        DaemonOptions options = CommandLine.Options(
            "-p", "/run/x.pid", "-r", "/rec", "-S", "/spool", "--config", "/etc/x.conf", "--dso", "/lib/rtpp_acct_csv.so", "--dso=acct_csv");

        options.PidFile.ShouldBe("/run/x.pid");
        options.RecordingDirectory.ShouldBe("/rec");
        options.SpoolDirectory.ShouldBe("/spool");
        options.ConfigurationFile.ShouldBe("/etc/x.conf");
        options.Modules.ShouldBe([new(BuiltInModule.AcctCsv), new(BuiltInModule.AcctCsv)]);
    }

    [Theory]
    [InlineData("acct_csv")]
    [InlineData("rtpp_acct_csv")]
    [InlineData("acct_csv.so")]
    [InlineData("rtpp_acct_csv_debug.so")]
    [InlineData("acct_csv_debug")]
    [InlineData("../modules/acct_csv/.libs/rtpp_acct_csv.so")]
    public void A_module_is_named_by_its_file_which_need_not_exist(string file) =>
        CommandLine.Options("--dso", file).Modules.ShouldBe([new(BuiltInModule.AcctCsv)]);

    [Theory]
    [InlineData("udp:127.0.0.1:9000", HepTransport.Udp, "udp:127.0.0.1:9000", "127.0.0.1:9000")]
    [InlineData("tcp:inside.example", HepTransport.Tcp, "tcp:inside.example:9060", "10.0.0.1:9060")]
    [InlineData("tls:[2001:db8::9]:9061", HepTransport.Tls, "tls:[2001:db8::9]:9061", "[2001:db8::9]:9061")]
    [InlineData("udp:[::1]", HepTransport.Udp, "udp:[::1]:9060", "[::1]:9060")]
    public void Collectors_have_a_transport_an_address_and_perhaps_a_port(string text, HepTransport transport, string name, string address)
    {
        HepTarget collector = CommandLine.Options("--hep", text).Collectors.ShouldHaveSingleItem();

        collector.Transport.ShouldBe(transport);
        collector.Name.ShouldBe(name);
        collector.EndPoint.ToString().ShouldBe(address);
        collector.IsRtcpOnly.ShouldBeFalse();
    }

    [Fact]
    public void Records_and_reports_have_options()
    {
        DaemonOptions options = CommandLine.Options("--cdr", "calls.json", "--hep-id", "4294967295", "--hep-report", "0");

        options.RecordFile.ShouldBe("calls.json");
        options.CaptureId.ShouldBe(uint.MaxValue);
        options.CollectorPeriodSeconds.ShouldBe(0);
        CommandLine.Options().CollectorPeriodSeconds.ShouldBe(20);
    }

    [Theory]
    [InlineData("fifo", SchedulingPolicy.FirstInFirstOut)]
    [InlineData("rr", SchedulingPolicy.RoundRobin)]
    public void Scheduling_is_named(string name, SchedulingPolicy policy) =>
        CommandLine.Options("-c", name).Scheduling.ShouldBe(policy);

    [Theory]
    [InlineData("DBUG", LogLevel.Debug)]
    [InlineData("info", LogLevel.Information)]
    [InlineData("Warn", LogLevel.Warning)]
    [InlineData("eRR", LogLevel.Error)]
    [InlineData("crit", LogLevel.Critical)]
    public void Log_levels_are_named_in_any_case(string name, LogLevel level) =>
        CommandLine.Options("-d", name).LogLevel.ShouldBe(level);

    [Theory]
    [InlineData("AUTH CRON DAEMON KERN LPR MAIL NEWS USER UUCP AUTHPRIV FTP SYSLOG")]
    [InlineData("LOCAL0 LOCAL1 LOCAL2 LOCAL3 LOCAL4 LOCAL5 LOCAL6 LOCAL7")]
    public void Log_facilities_are_named_in_any_case_with_or_without_prefix(string names)
    {
        foreach (string name in names.Split(' '))
        {
            SyslogFacility facility = CommandLine.Options("-d", $"INFO:LOG_{name}").LogFacility;

            facility.ToString().ToUpperInvariant().ShouldBe(name);
            CommandLine.Options("-d", $"info:{name.ToLowerInvariant()}").LogFacility.ShouldBe(facility);
            CommandLine.Options("-d", $"info:log_{name}").LogFacility.ShouldBe(facility);
        }
    }

    [Theory]
    [InlineData(LogLevel.Debug, "-f")]
    [InlineData(LogLevel.Warning)]
    [InlineData(LogLevel.Error, "-d", "ERR")]
    [InlineData(LogLevel.Error, "-d", "ERR", "-f")]
    public void The_log_tells_everything_in_the_foreground_and_warnings_in_the_background(
        LogLevel level, params string[] arguments) =>
        CommandLine.Options(arguments).EffectiveLogLevel.ShouldBe(level);

    [Fact]
    public void User_and_group_are_looked_up()
    {
        CommandLine.Options("-u", "relay").RunAs.ShouldBe(new RunAs("relay", 1001, 1002, NamesGroup: false));
        CommandLine.Options("-u", "relay:sip").RunAs.ShouldBe(new RunAs("relay", 1001, 1003, NamesGroup: true));
        CommandLine.Options("-u", ":sip").RunAs.ShouldBe(new RunAs(null, null, 1003, NamesGroup: true));
    }

    [Theory]
    [InlineData("198.51.100.1", "198.51.100.1", null)]
    [InlineData("a/b", "a", "b")]
    [InlineData("a/b/c", "a", "b/c")]
    public void Advertised_texts_are_split_at_the_slash(string argument, string first, string? second) =>
        CommandLine.Options("-A", argument).Advertised.ShouldBe(new AdvertisedTexts(first, second));

    [Fact]
    public void Notification_targets_keep_their_names()
    {
        DaemonOptions options = CommandLine.Options(
            "-n", "unix:/run/a", "-n", "/run/b", "-n", "tcp:127.0.0.1:9", "-n", "tcp:inside.example:65535", "-n", "tcp:%%CC_SELF%%:7");

        options.NotifySockets.ShouldBe(
        [
            new UnixNotifySocket("/run/a"),
            new UnixNotifySocket("/run/b"),
            new TcpNotifySocket("tcp:127.0.0.1:9", new IPEndPoint(IPAddress.Loopback, 9)),
            new TcpNotifySocket("tcp:inside.example:65535", IPEndPoint.Parse("10.0.0.1:65535")),
            new CallerNotifySocket(7),
        ]);
        options.NotifySockets.Select(socket => socket.Name).ShouldBe(
            ["unix:/run/a", "unix:/run/b", "tcp:127.0.0.1:9", "tcp:inside.example:65535", "tcp:%%CC_SELF%%:7"]);
    }

    [Fact]
    public void Listen_addresses_keep_the_order_of_the_line()
    {
        CommandLine.Options("-6", "::1", "-l", "127.0.0.1", "-6", "x@::2").Listen.ShouldBe(
            [new(true, "::1"), new(false, "127.0.0.1"), new(true, "x@::2")]);
    }
}
