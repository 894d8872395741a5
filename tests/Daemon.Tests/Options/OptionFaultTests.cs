using RtpProxy.Daemon.Options;

namespace RtpProxy.Daemon.Tests.Options;

public class OptionFaultTests
{
    [Theory]
    [InlineData("first advertised address is invalid", "-A", "")]
    [InlineData("first advertised address is invalid", "-A", "/b")]
    [InlineData("second advertised address is invalid", "-A", "a/")]
    [InlineData("FIFO: unknown scheduling policy", "-c", "FIFO")]
    [InlineData("loud: invalid log level", "-d", "loud")]
    [InlineData(": invalid log level", "-d", "")]
    [InlineData("LOCAL8: invalid log facility", "-d", "INFO:LOCAL8")]
    [InlineData("3: invalid log facility", "-d", "INFO:3")]
    [InlineData(": invalid log facility", "-d", "INFO:")]
    [InlineData("mail,news: invalid log facility", "-d", "INFO:mail,news")]
    [InlineData("x: max file rlimit argument is invalid", "-L", "x")]
    [InlineData("-1: max file rlimit argument is invalid", "-L", "-1")]
    [InlineData("invalid value of the port_max argument, not in the range 1-65535", "-M", "65536")]
    [InlineData("invalid value of the port_max argument, not in the range 1-65535", "-M", "99999999999999999999")]
    [InlineData("x: max port argument is invalid", "-M", "x")]
    [InlineData("invalid value of the port_min argument, not in the range 1-65535", "-m", "0")]
    [InlineData("12a: min port argument is invalid", "-m", "12a")]
    [InlineData("timeout notification socket name too short", "-n", "")]
    [InlineData("error adding timeout notification: Timeout notification socket name too short", "-n", "unix:")]
    [InlineData("error adding timeout notification: Timeout notification socket name too short", "-n", "tcp:")]
    [InlineData("error adding timeout notification: Can't parse host:port: invalid address", "-n", "tcp:host")]
    [InlineData("error adding timeout notification: Can't parse host:port: invalid address", "-n", "tcp::9")]
    [InlineData("error adding timeout notification: Can't parse host:port: invalid port", "-n", "tcp:127.0.0.1:")]
    [InlineData("error adding timeout notification: Can't parse host:port: invalid port", "-n", "tcp:127.0.0.1:0")]
    [InlineData("error adding timeout notification: Can't parse host:port: invalid port", "-n", "tcp:127.0.0.1:65536")]
    [InlineData("error adding timeout notification: Name or service not known", "-n", "tcp:nowhere.example:9")]
    [InlineData("error adding timeout notification: Name or service not known", "-n", "tcp:::1:9")]
    [InlineData("0: max TTL argument is invalid", "-T", "0")]
    [InlineData(": max TTL argument is invalid", "-T", "")]
    [InlineData("1s: max TTL argument is invalid", "-T", "1s")]
    [InlineData("256: TOS is too small/large", "-t", "256")]
    [InlineData("-2: TOS is too small/large", "-t", "-2")]
    [InlineData("0x100: TOS is too small/large", "-t", "0x100")]
    [InlineData("0x: TOS argument is invalid", "-t", "0x")]
    [InlineData("b8: TOS argument is invalid", "-t", "b8")]
    [InlineData("can't find ID for the user: nobody-here", "-u", "nobody-here")]
    [InlineData("can't find ID for the group: nobody-here", "-u", "relay:nobody-here")]
    [InlineData("can't find ID for the group: nobody-here", "-u", ":nobody-here")]
    [InlineData("can't find ID for the group: ", "-u", "relay:")]
    [InlineData("0: max setup TTL argument is invalid", "-W", "0")]
    [InlineData("4096: socket mode argument is invalid", "-w", "4096")]
    [InlineData("010000: socket mode argument is invalid", "-w", "010000")]
    [InlineData("0668: socket mode argument is invalid", "-w", "0668")]
    [InlineData("-1: socket mode argument is invalid", "-w", "-1")]
    [InlineData("21: nice level is out of range -20..20", "--nice", "21")]
    [InlineData("-21: nice level is out of range -20..20", "--nice", "-21")]
    [InlineData("low: nice level argument is invalid", "--nice", "low")]
    [InlineData("0: number of workers is invalid, not in the range 1-1024", "--workers", "0")]
    [InlineData("86401: seconds between reports are invalid, not in the range 0-86400", "--hep-report", "86401")]
    [InlineData("/lib/nope.so: there is no module nope; this program has acct_csv, acct_rtcp_hep, catch_dtmf", "--dso", "/lib/nope.so")]
    [InlineData("rtpp_dtls_gw_debug.so: the module dtls_gw is not in this program, which has acct_csv, acct_rtcp_hep, catch_dtmf", "--dso", "rtpp_dtls_gw_debug.so")]
    [InlineData("0: length of the de-jitter buffer is invalid, not in the range 1-2000 ms", "--jitter-buffer", "0")]
    [InlineData("60ms: length of the de-jitter buffer is invalid, not in the range 1-2000 ms", "--jitter-buffer=60ms")]
    [InlineData("--dtmf=128: payload type of digits is invalid, not in the range 0-127", "--dtmf=128")]
    [InlineData("--dtmf=x: payload type of digits is invalid, not in the range 0-127", "--dtmf=x")]
    [InlineData("the name of the file for call records (--cdr) is empty", "--cdr", "")]
    public void A_wrong_value_is_named(string text, params string[] arguments) =>
        CommandLine.Fault(arguments).ShouldBe($"rtpproxy: {text}\n");

    [Theory]
    [InlineData("upd:127.0.0.1:22222", "there is no kind upd:, did you mean udp:127.0.0.1:22222")]
    [InlineData("UDP:127.0.0.1:22222", "there is no kind UDP:, did you mean udp:127.0.0.1:22222")]
    [InlineData("udp4:127.0.0.1:22222", "there is no kind udp4:, did you mean udp:127.0.0.1:22222")]
    [InlineData("tpc:*:9", "there is no kind tpc:, did you mean tcp:*:9")]
    [InlineData("udp8:::1:9", "there is no kind udp8:, did you mean udp:::1:9")]
    [InlineData("unx:/run/x.sock", "there is no kind unx:, did you mean unix:/run/x.sock")]
    [InlineData("cunx:x.sock", "there is no kind cunx:, did you mean cunix:x.sock")]
    [InlineData("stdin:", "there is no kind stdin:, did you mean stdio:")]
    [InlineData("udp", "udp alone is no address, udp: has to be followed by one")]
    [InlineData("127.0.0.1:22222", "an address needs its kind before it, did you mean udp:127.0.0.1:22222")]
    [InlineData("localhost:22222", "an address needs its kind before it, did you mean udp:localhost:22222")]
    [InlineData("::1:22222", "an address needs its kind before it, did you mean udp:::1:22222")]
    [InlineData(
        "foo:bar", "there is no kind foo:, expected one of unix: cunix: tcp: tcp6: udp: udp6: stdio: stdioc: systemd:")]
    public void A_control_socket_of_no_kind_is_refused_with_what_was_meant(string argument, string reason) =>
        CommandLine.Fault("-s", argument).ShouldBe($"rtpproxy: {argument}: invalid control socket: {reason}\n");

    [Theory]
    [InlineData("/run/x.sock")]
    [InlineData("./foo:bar")]
    [InlineData("./upd:127.0.0.1:22222")]
    [InlineData("dir/127.0.0.1:22222")]
    [InlineData("x.sock")]
    [InlineData("unix:upd:127.0.0.1:22222")]
    public void What_can_be_meant_as_a_path_is_one(string argument) =>
        CommandLine.Options("-s", argument).ControlSockets.Single().IsUnix.ShouldBeTrue();

    [Theory]
    [InlineData("upd:127.0.0.1:9", "there is no kind upd:, did you mean tcp:127.0.0.1:9")]
    [InlineData("udp:localhost:9", "there is no kind udp:, did you mean tcp:localhost:9")]
    [InlineData("foo:bar", "there is no kind foo:, expected one of unix: tcp:")]
    [InlineData("tpc:127.0.0.1:9", "there is no kind tpc:, did you mean tcp:127.0.0.1:9")]
    [InlineData("tcp6:127.0.0.1:9", "there is no kind tcp6:, did you mean tcp:127.0.0.1:9")]
    [InlineData("unx:/run/x", "there is no kind unx:, did you mean unix:/run/x")]
    [InlineData("127.0.0.1:9", "an address needs its kind before it, did you mean tcp:127.0.0.1:9")]
    [InlineData("%%CC_SELF%%:9", "an address needs its kind before it, did you mean tcp:%%CC_SELF%%:9")]
    public void A_notification_target_of_no_kind_is_refused_with_what_was_meant(string argument, string reason) =>
        CommandLine.Fault("-n", argument).ShouldBe($"rtpproxy: error adding timeout notification: {argument}: {reason}\n");

    [Theory]
    [InlineData("invalid option -- 'z'", "-z")]
    [InlineData("invalid option -- 'z'", "-fz")]
    [InlineData("option requires an argument -- 'T'", "-T")]
    [InlineData("option requires an argument -- 's'", "-fs")]
    [InlineData("option '--nice' requires an argument", "--nice")]
    [InlineData("option '--no_redirect' doesn't allow an argument", "--no_redirect=x")]
    [InlineData("unrecognized option '--frob'", "--frob=1")]
    [InlineData("option '--no_re' is ambiguous; possibilities: '--no_redirect' '--no_resolve'", "--no_re")]
    [InlineData("1 extra unhandled argument at the end of the command line", "udp:x")]
    [InlineData("2 extra unhandled arguments at the end of the command line", "a", "-f", "b")]
    public void A_line_that_cannot_be_understood_shows_the_usage(string text, params string[] arguments) =>
        CommandLine.Fault(arguments).ShouldBe($"rtpproxy: {text}\n{Usage.Synopsis}");

    [Fact]
    public void The_first_wrong_option_from_the_left_is_the_one_told()
    {
        CommandLine.Fault("-f", "-T", "0", "-W", "0", "-z", "extra").ShouldBe("rtpproxy: 0: max TTL argument is invalid\n");
        CommandLine.Fault("extra", "-W", "0").ShouldBe("rtpproxy: 0: max setup TTL argument is invalid\n");
    }

    [Fact]
    public void Version_questions_win_over_faults_to_their_right_only()
    {
        CommandLine.Parse("-V", "-T", "0").ShouldBeOfType<EndProgram>().Status.ShouldBe(0);
        CommandLine.Parse("-C", "extra").ShouldBe(new EndProgram(0, "CLOCK_BOOTTIME\n", ""));
        CommandLine.Fault("-T", "0", "-V").ShouldBe("rtpproxy: 0: max TTL argument is invalid\n");
    }

    [Fact]
    public void The_protocol_revisions_are_listed()
    {
        EndProgram end = CommandLine.Parse("-v").ShouldBeOfType<EndProgram>();

        end.Status.ShouldBe(0);
        end.Error.ShouldBeEmpty();
        string[] lines = end.Output.Split('\n');
        lines[0].ShouldBe("Basic version: 20040107");
        lines[1].ShouldBe("Extension 20040107: Basic RTP proxy functionality");
        lines[^2].ShouldBe("Extension 20260309: Support for forking both streams via \"C\" sub-command");
        lines.Length.ShouldBe(27); // basic version, 25 extensions, and nothing behind the last line end
    }

    [Theory]
    [InlineData("-V")]
    [InlineData("--version")]
    public void The_version_is_that_of_the_original_and_a_build(string option) =>
        CommandLine.Parse(option).ShouldBeOfType<EndProgram>().Output.ShouldMatch("^3\\.2\\.0\\..+\n$");

    [Theory]
    [InlineData("--help"), InlineData("-?"), InlineData("-f?"), InlineData("-f", "-?", "-T0"), InlineData("--hel")]
    public void Help_is_output_and_no_fault(params string[] arguments) =>
        CommandLine.Parse(arguments).ShouldBe(new EndProgram(0, Usage.Text, ""));

    [Fact]
    public void There_is_room_for_64_targets_and_two_wildcards()
    {
        string[] Targets(int count) => [.. Enumerable.Range(0, count).SelectMany(i => new[] { "-n", $"/run/{i}" })];
        string[] wildcards = ["-n", "tcp:%%CC_SELF%%:1", "-n", "tcp:%%CC_SELF%%:2"];

        CommandLine.Options([.. wildcards, .. Targets(64)]).NotifySockets.Length.ShouldBe(66);
        CommandLine.Fault(Targets(65)).ShouldBe(
            "rtpproxy: error adding timeout notification: Number of notify targets exceeds RTPP_TNOTIFY_TARGETS_MAX\n");
        CommandLine.Fault([.. wildcards, "-n", "tcp:%%CC_SELF%%:3"]).ShouldBe(
            "rtpproxy: error adding timeout notification: Number of notify wildcards exceeds RTPP_TNOTIFY_WILDCARDS_MAX\n");
    }
}
