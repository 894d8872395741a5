using RtpProxy.Daemon.Options;
using RtpProxy.Hosting;

namespace RtpProxy.Daemon.Tests.Options;

public class OptionFaultTests
{
    [Theory]
    [InlineData("-A is '', but a text to show is empty; expected an address, or another text without blanks, to be shown in replies", "-A", "")]
    [InlineData("-A is '/b', but a text to show is empty; expected an address, or another text without blanks, to be shown in replies", "-A", "/b")]
    [InlineData("-A is 'a/', but a text to show is empty; expected an address, or another text without blanks, to be shown in replies", "-A", "a/")]
    [InlineData("-A is 'a b', but a reply cannot show it; expected an address, or another text without blanks, to be shown in replies", "-A", "a b")]
    [InlineData("-c is 'FIFO'; expected fifo or rr", "-c", "FIFO")]
    [InlineData("-d is 'loud'; expected DBUG, INFO, WARN, ERR or CRIT, and a facility behind a colon if one is wanted, as INFO:LOCAL0", "-d", "loud")]
    [InlineData("-d is ''; expected DBUG, INFO, WARN, ERR or CRIT, and a facility behind a colon if one is wanted, as INFO:LOCAL0", "-d", "")]
    [InlineData("-d is 'INFO:LOCAL8', but there is no facility 'LOCAL8'; expected one of KERN USER MAIL DAEMON AUTH SYSLOG LPR NEWS UUCP CRON AUTHPRIV FTP LOCAL0 LOCAL1 LOCAL2 LOCAL3 LOCAL4 LOCAL5 LOCAL6 LOCAL7", "-d", "INFO:LOCAL8")]
    [InlineData("-d is 'INFO:3', but there is no facility '3'; expected one of KERN USER MAIL DAEMON AUTH SYSLOG LPR NEWS UUCP CRON AUTHPRIV FTP LOCAL0 LOCAL1 LOCAL2 LOCAL3 LOCAL4 LOCAL5 LOCAL6 LOCAL7", "-d", "INFO:3")]
    [InlineData("-d is 'INFO:', but there is no facility ''; expected one of KERN USER MAIL DAEMON AUTH SYSLOG LPR NEWS UUCP CRON AUTHPRIV FTP LOCAL0 LOCAL1 LOCAL2 LOCAL3 LOCAL4 LOCAL5 LOCAL6 LOCAL7", "-d", "INFO:")]
    [InlineData("-d is 'INFO:mail,news', but there is no facility 'mail,news'; expected one of KERN USER MAIL DAEMON AUTH SYSLOG LPR NEWS UUCP CRON AUTHPRIV FTP LOCAL0 LOCAL1 LOCAL2 LOCAL3 LOCAL4 LOCAL5 LOCAL6 LOCAL7", "-d", "INFO:mail,news")]
    [InlineData("-L is 'x'; expected a number of files, 0 to 2147483647", "-L", "x")]
    [InlineData("-L is '-1'; expected a number of files, 0 to 2147483647", "-L", "-1")]
    [InlineData("-M is '65536'; expected a port, 1 to 65535", "-M", "65536")]
    [InlineData("--max-port is '99999999999999999999'; expected a port, 1 to 65535", "--max-port", "99999999999999999999")]
    [InlineData("-m is '0'; expected a port, 1 to 65535", "-m", "0")]
    [InlineData("-m is '12a'; expected a port, 1 to 65535", "-m", "12a")]
    [InlineData("-n is '', but the path is empty; expected a path", "-n", "")]
    [InlineData("-n is 'unix:', but the path is empty; expected a path", "-n", "unix:")]
    [InlineData("-n is 'tcp:', but no host is named; expected unix:PATH, tcp:HOST:PORT or tcp:%%CC_SELF%%:PORT", "-n", "tcp:")]
    [InlineData("-n is 'tcp:host', but no port is named; expected unix:PATH, tcp:HOST:PORT or tcp:%%CC_SELF%%:PORT", "-n", "tcp:host")]
    [InlineData("-n is 'tcp::9', but no host is named; expected unix:PATH, tcp:HOST:PORT or tcp:%%CC_SELF%%:PORT", "-n", "tcp::9")]
    [InlineData("-n is 'tcp:127.0.0.1:', but '' is no port; expected a port from 1 to 65535", "-n", "tcp:127.0.0.1:")]
    [InlineData("-n is 'tcp:127.0.0.1:0', but '0' is no port; expected a port from 1 to 65535", "-n", "tcp:127.0.0.1:0")]
    [InlineData("-n is 'tcp:127.0.0.1:65536', but '65536' is no port; expected a port from 1 to 65535", "-n", "tcp:127.0.0.1:65536")]
    [InlineData("-n is 'tcp:nowhere.example:9', but for 'nowhere.example' the answer is: Name or service not known; expected a host that has an IPv4 address", "-n", "tcp:nowhere.example:9")]
    [InlineData("-n is 'tcp:::1:9', but for '::1' the answer is: Name or service not known; expected a host that has an IPv4 address", "-n", "tcp:::1:9")]
    [InlineData("-T is '0'; expected a number of seconds, 1 to 2147483647", "-T", "0")]
    [InlineData("-T is ''; expected a number of seconds, 1 to 2147483647", "-T", "")]
    [InlineData("--timeout is '1s'; expected a number of seconds, 1 to 2147483647", "--timeo=1s")]
    [InlineData("-t is '256'; expected a number, -1 to 255 or 0x0 to 0xFF", "-t", "256")]
    [InlineData("-t is '-2'; expected a number, -1 to 255 or 0x0 to 0xFF", "-t", "-2")]
    [InlineData("-t is '0x100'; expected a number, -1 to 255 or 0x0 to 0xFF", "-t", "0x100")]
    [InlineData("-t is '0x'; expected a number, -1 to 255 or 0x0 to 0xFF", "-t", "0x")]
    [InlineData("-t is 'b8'; expected a number, -1 to 255 or 0x0 to 0xFF", "-t", "b8")]
    [InlineData("-u is 'nobody-here', but there is no user 'nobody-here'; expected USER, USER:GROUP or :GROUP", "-u", "nobody-here")]
    [InlineData("-u is 'relay:nobody-here', but there is no group 'nobody-here'; expected USER, USER:GROUP or :GROUP", "-u", "relay:nobody-here")]
    [InlineData("-u is ':nobody-here', but there is no group 'nobody-here'; expected USER, USER:GROUP or :GROUP", "-u", ":nobody-here")]
    [InlineData("-u is 'relay:', but there is no group ''; expected USER, USER:GROUP or :GROUP", "-u", "relay:")]
    [InlineData("-W is '0'; expected a number of seconds, 1 to 2147483647", "-W", "0")]
    [InlineData("-w is '4096'; expected a mode, octal with a leading zero (00 to 07777) or decimal (0 to 4095)", "-w", "4096")]
    [InlineData("-w is '010000'; expected a mode, octal with a leading zero (00 to 07777) or decimal (0 to 4095)", "-w", "010000")]
    [InlineData("-w is '0668'; expected a mode, octal with a leading zero (00 to 07777) or decimal (0 to 4095)", "-w", "0668")]
    [InlineData("-w is '-1'; expected a mode, octal with a leading zero (00 to 07777) or decimal (0 to 4095)", "-w", "-1")]
    [InlineData("--nice is '21'; expected a priority, -20 to 20", "--nice", "21")]
    [InlineData("--nice is '-21'; expected a priority, -20 to 20", "--nice", "-21")]
    [InlineData("--nice is 'low'; expected a priority, -20 to 20", "--nice", "low")]
    [InlineData("--workers is '0'; expected a number of threads, 1 to 1024", "--workers", "0")]
    [InlineData("--hep is 'foo'; expected udp:HOST[:PORT], tcp:HOST[:PORT] or tls:HOST[:PORT], where IPv6 addresses are in brackets", "--hep", "foo")]
    [InlineData("--hep is 'upd:h:9', but there is no kind upd:, did you mean udp:h:9; expected udp:HOST[:PORT], tcp:HOST[:PORT] or tls:HOST[:PORT], where IPv6 addresses are in brackets", "--hep", "upd:h:9")]
    [InlineData("--hep is 'udp:127.0.0.1:0', but '0' is no port; expected a port from 1 to 65535", "--hep", "udp:127.0.0.1:0")]
    [InlineData("--hep is 'udp:nowhere.example', but for 'nowhere.example' the answer is: Name or service not known; expected udp:HOST[:PORT], tcp:HOST[:PORT] or tls:HOST[:PORT], where IPv6 addresses are in brackets", "--hep", "udp:nowhere.example")]
    [InlineData("--hep is 'udp:127.0.0.1:9060', but that collector is named before it; expected each collector once", "--hep", "udp:127.0.0.1", "--hep", "udp:127.0.0.1:9060")]
    [InlineData("--b2b-url is 'https://127.0.0.1/'; expected http://HOST[:PORT][/PATH], where IPv6 addresses are in brackets", "--b2b-url", "https://127.0.0.1/")]
    [InlineData("--b2b-url is 'http://%%:5060/', but '%%', for the address of who sends commands, is not understood; expected http://HOST[:PORT][/PATH], where IPv6 addresses are in brackets", "--b2b-url", "http://%%:5060/")]
    [InlineData("--xmlrpc-format is '3'; expected a format, 0 to 2", "--xmlrpc-format", "3")]
    [InlineData("--b2b-url is 'http://::1/', but '::1' has none; expected http://HOST[:PORT][/PATH], where IPv6 addresses are in brackets", "--b2b-url", "http://::1/")]
    [InlineData("--b2b-url is 'http://127.0.0.1:0/', but '0' is no port; expected a port from 1 to 65535", "--b2b-url", "http://127.0.0.1:0/")]
    [InlineData("--max-load is '0'; expected a load average, above 0 and at most 100000", "--max-load", "0")]
    [InlineData("--max-cpu is '101'; expected a percentage, above 0 and at most 100", "--max-cpu", "101")]
    [InlineData("--max-cpu is '1e1'; expected a percentage, above 0 and at most 100", "--max-cpu", "1e1")]
    [InlineData("--dtmf-log-dest is '127.0.0.1', but no port is named; expected HOST:PORT, where IPv6 addresses are in brackets", "--dtmf-log-dest", "127.0.0.1")]
    [InlineData("--dtmf-log-dest is '::1:9', but '::1' has none; expected HOST:PORT, where IPv6 addresses are in brackets", "--dtmf-log-dest", "::1:9")]
    [InlineData("--dtmf-log-dest is '[::1]:0', but '0' is no port; expected a port from 1 to 65535", "--dtmf-log-dest", "[::1]:0")]
    [InlineData("--dtmf-log-dest is '127.0.0.1:9', but that target is named before it; expected each target once", "--dtmf-log-dest", "127.0.0.1:9", "--dtmf-log-dest", "127.0.0.1:9")]
    [InlineData("--hep-id is '4294967296'; expected a number, 0 to 4294967295", "--hep-id", "4294967296")]
    [InlineData("--hep-report is '86401'; expected a number of seconds, 0 to 86400", "--hep-report", "86401")]
    [InlineData("--dso is '/lib/nope.so', but there is no module nope; expected acct_csv, acct_rtcp_hep, catch_dtmf", "--dso", "/lib/nope.so")]
    [InlineData("--dso is 'rtpp_dtls_gw_debug.so', but the module dtls_gw is not in this program; expected acct_csv, acct_rtcp_hep, catch_dtmf", "--dso", "rtpp_dtls_gw_debug.so")]
    [InlineData("--dso is 'acct_rtcp_hep', but that module has to be told where its collector is; expected --hep udp:HOST:PORT, or a section of the file of --config", "--dso", "acct_rtcp_hep")]
    [InlineData("--jitter-buffer is '0'; expected a number of milliseconds, 1 to 2000", "--jitter-buffer", "0")]
    [InlineData("--jitter-buffer is '60ms'; expected a number of milliseconds, 1 to 2000", "--jitter-buffer=60ms")]
    [InlineData("--dtmf is '128'; expected a payload type, 0 to 127", "--dtmf=128")]
    [InlineData("--dtmf is 'x'; expected a payload type, 0 to 127", "--dtmf=x")]
    [InlineData("--no-redirect is 'x'; expected true or false, or no value at all", "--no_redirect=x")]
    [InlineData("--dtmf is ''; expected --dtmf alone, or --dtmf=PT", "--dtmf=")]
    [InlineData("--cdr is ''; expected the path of a file", "--cdr", "")]
    [InlineData("-r is ''; expected the path of a directory", "-r", "")]
    [InlineData("-S is ''; expected the path of a directory", "-S", "")]
    [InlineData("--config is ''; expected the path of a file", "--config=")]
    [InlineData("--allow-media-to is '127.0.0.1/33'; expected a block of addresses, such as 127.0.0.0/8 or fd00::/8", "--allow-media-to", "127.0.0.1/33")]
    [InlineData("-s is '', but the path is empty; expected a path", "-s", "")]
    [InlineData("-s is 'udp:', but no host is named; expected udp:HOST or udp:HOST:PORT, where HOST may be *", "-s", "udp:")]
    [InlineData("-s is 'tcp6::9', but no host is named; expected tcp6:HOST or tcp6:HOST:PORT, where HOST may be *", "-s", "tcp6::9")]
    [InlineData("-s is 'unix:/a', but that socket is named before it; expected each socket once", "-s", "/b/../a", "-s", "unix:/a")]
    [InlineData("-s is 'cunix:/a', but that socket is named before it; expected each socket once", "-s", "/a", "-s", "cunix:/a")]
    [InlineData("-s is 'stdioc:', but that socket is named before it; expected each socket once", "-s", "stdio:", "-s", "stdioc:")]
    [InlineData("--control is 'udp:127.0.0.1:22222', but that socket is named before it; expected each socket once", "-s", "udp:127.0.0.1", "--control=udp:127.0.0.1:22222")]
    [InlineData("-s is 'udp:127.0.0.1', but that socket is named before it; expected each socket once", "-s", "udp:0.0.0.0", "-s", "udp:127.0.0.1")]
    [InlineData("-s is 'tcp6::::9', but that socket is named before it; expected each socket once", "-s", "tcp6:::1:9", "-s", "tcp6::::9")]
    public void A_wrong_value_is_told_with_its_option_and_what_was_expected(string text, params string[] arguments) =>
        CommandLine.Fault(arguments).ShouldBe($"rtpproxy: {text}\n");

    [Fact]
    public void Paths_of_sockets_have_a_limit_which_is_told()
    {
        string path = "/" + new string('x', 107);
        foreach (string option in (string[])["-s", "-n", "--admin"])
        {
            CommandLine.Fault(option, path).ShouldBe(
                $"rtpproxy: {option} is '{path}', but the path has 108 bytes; expected a path of at most 107 bytes\n");
        }
    }

    [Fact]
    public void What_is_no_text_for_a_terminal_is_not_shown_to_one()
    {
        CommandLine.Fault("-T", "5\n\e[2J").ShouldBe("rtpproxy: -T is '5..[2J'; expected a number of seconds, 1 to 2147483647\n");
        CommandLine.Fault("-T", new string('9', 100_000)).Length.ShouldBeLessThan(300);
    }

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
    [InlineData("stdio", "a colon belongs to it, did you mean stdio:")]
    [InlineData("stdioc", "a colon belongs to it, did you mean stdioc:")]
    [InlineData("systemd", "a colon belongs to it, did you mean systemd:")]
    [InlineData("127.0.0.1:22222", "an address needs its kind before it, did you mean udp:127.0.0.1:22222")]
    [InlineData("localhost:22222", "an address needs its kind before it, did you mean udp:localhost:22222")]
    [InlineData("::1:22222", "an address needs its kind before it, did you mean udp:::1:22222")]
    [InlineData(
        "foo:bar", "there is no kind foo:")]
    public void A_control_socket_of_no_kind_is_refused_with_what_was_meant(string argument, string reason) =>
        CommandLine.Fault("-s", argument).ShouldBe($"rtpproxy: -s is '{argument}', but {reason}; expected {ControlSocketText.Forms}\n");

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
    [InlineData("foo:bar", "there is no kind foo:")]
    [InlineData("tpc:127.0.0.1:9", "there is no kind tpc:, did you mean tcp:127.0.0.1:9")]
    [InlineData("tcp6:127.0.0.1:9", "there is no kind tcp6:, did you mean tcp:127.0.0.1:9")]
    [InlineData("unx:/run/x", "there is no kind unx:, did you mean unix:/run/x")]
    [InlineData("127.0.0.1:9", "an address needs its kind before it, did you mean tcp:127.0.0.1:9")]
    [InlineData("%%CC_SELF%%:9", "an address needs its kind before it, did you mean tcp:%%CC_SELF%%:9")]
    public void A_notification_target_of_no_kind_is_refused_with_what_was_meant(string argument, string reason) =>
        CommandLine.Fault("-n", argument).ShouldBe(
            $"rtpproxy: -n is '{argument}', but {reason}; expected unix:PATH, tcp:HOST:PORT or tcp:%%CC_SELF%%:PORT\n");

    [Theory]
    [InlineData("invalid option -- 'z'", "-z")]
    [InlineData("invalid option -- 'z'", "-fz")]
    [InlineData("option requires an argument -- 'T'", "-T")]
    [InlineData("option requires an argument -- 's'", "-fs")]
    [InlineData("option '--nice' requires an argument", "--nice")]
    [InlineData("unrecognized option '--frob'", "--frob=1")]
    [InlineData("unrecognized option '--min-prot'; did you mean --min-port?", "--min-prot=1")]
    [InlineData("unrecognized option '--timeotu'; did you mean --timeout?", "--timeotu", "1")]
    [InlineData("unrecognized option '--listen-ng'; what rtpengine has it for is here --ng udp:[ADDRESS:]PORT", "--listen-ng=2223")]
    [InlineData("unrecognized option '--interface'; what rtpengine has it for is here -l [NAME@]ADDRESS[=ADVERTISED]", "--interface=priv/10.0.0.1!192.0.2.1")]
    [InlineData("unrecognized option '--port-min'; what rtpengine has it for is here --min-port", "--port-min", "30000")]
    [InlineData("unrecognized option '--homer-id'; what rtpengine has it for is here --hep-id", "--homer-id=5")]
    [InlineData("option '--no_re' is ambiguous; possibilities: '--no_redirect' '--no_resolve'", "--no_re")]
    [InlineData("option '--he' is ambiguous; possibilities: '--help' '--hep' '--hep-id' '--hep-report'", "--he")]
    [InlineData("'udp:x' belongs to no option; expected options and their arguments only", "udp:x")]
    [InlineData("'a' belongs to no option; expected options and their arguments only", "a", "-f", "b")]
    [InlineData("'7722' belongs to no option; expected options and their arguments only, or -s udp:127.0.0.1:7722", "-s", "udp:127.0.0.1", "7722")]
    [InlineData("'7722' belongs to no option; expected options and their arguments only", "-s", "udp:127.0.0.1:22222", "7722")]
    [InlineData("'7722' belongs to no option; expected options and their arguments only", "-s", "unix:/x", "7722")]
    public void A_line_that_cannot_be_understood_shows_the_usage(string text, params string[] arguments) =>
        CommandLine.Fault(arguments).ShouldBe($"rtpproxy: {text}\n{Usage.Synopsis}");

    [Fact]
    public void The_first_wrong_option_from_the_left_is_the_one_told()
    {
        CommandLine.Fault("-f", "-T", "0", "-W", "0", "-z", "extra").ShouldBe("rtpproxy: -T is '0'; expected a number of seconds, 1 to 2147483647\n");
        CommandLine.Fault("extra", "-W", "0").ShouldBe("rtpproxy: -W is '0'; expected a number of seconds, 1 to 2147483647\n");
    }

    [Fact]
    public void Version_questions_win_over_faults_to_their_right_only()
    {
        CommandLine.Parse("-V", "-T", "0").ShouldBeOfType<EndProgram>().Status.ShouldBe(0);
        CommandLine.Parse("-C", "extra").ShouldBe(new EndProgram(0, "CLOCK_BOOTTIME\n", ""));
        CommandLine.Fault("-T", "0", "-V").ShouldBe("rtpproxy: -T is '0'; expected a number of seconds, 1 to 2147483647\n");
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
            "rtpproxy: -n is '/run/64', but so many are given before it; expected at most 64 targets\n");
        CommandLine.Fault([.. wildcards, "-n", "tcp:%%CC_SELF%%:3"]).ShouldBe(
            "rtpproxy: -n is 'tcp:%%CC_SELF%%:3', but so many are given before it; expected at most 2 of %%CC_SELF%%\n");
    }
}
