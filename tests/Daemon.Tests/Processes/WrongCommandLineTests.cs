using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>
/// Command lines that cannot be meant, on the executable: each is refused with its option, its value and what was expected, or,
/// where files of the original's operators may hold it, warned of.
/// </summary>
public sealed class WrongCommandLineTests
{
    [Theory]
    [InlineData("-s upd:127.0.0.1:22222", "-s is 'upd:127.0.0.1:22222'")]
    [InlineData("-s udp", "-s is 'udp'")]
    [InlineData("-s udp:", "-s is 'udp:'")]
    [InlineData("-s 22222", "-s is '22222', but a number alone is no path, did you mean udp:HOST:22222")]
    [InlineData("-s 127.0.0.1", "-s is '127.0.0.1', but an address needs its kind before it, did you mean udp:127.0.0.1")]
    [InlineData("-s -f", "-s is '-f', but it begins like an option, so a value may be missing before it; expected ./-f if that is its name")]
    [InlineData("-n 22222", "-n is '22222', but a number alone is no path, did you mean tcp:HOST:22222")]
    [InlineData("-n 127.0.0.1", "-n is '127.0.0.1', but an address needs its kind before it, did you mean tcp:127.0.0.1")]
    [InlineData("--admin 22222", "--admin is '22222'")]
    [InlineData("--admin 127.0.0.1", "--admin is '127.0.0.1'")]
    [InlineData("-r -S", "-r is '-S', but it begins like an option")]
    [InlineData("-p -f", "-p is '-f', but it begins like an option")]
    [InlineData("--cdr --keep", "--cdr is '--keep', but it begins like an option")]
    [InlineData("-l priv/10.0.0.1!1.2.3.4", "-l is 'priv/10.0.0.1!1.2.3.4', but that is how rtpengine writes it; expected -l priv@10.0.0.1=1.2.3.4")]
    [InlineData("-l 10.0.0.1!1.2.3.4", "-l is '10.0.0.1!1.2.3.4', but that is how rtpengine writes it; expected -l 10.0.0.1=1.2.3.4")]
    [InlineData("-u x\u001b[2Jy", "-u is 'x.[2Jy', but there is no user 'x.[2Jy'")]
    [InlineData("-s 127.0.0.1:22222", "-s is '127.0.0.1:22222'")]
    [InlineData("-s localhost:22222", "-s is 'localhost:22222'")]
    [InlineData("-s tpc:127.0.0.1:9", "-s is 'tpc:127.0.0.1:9'")]
    [InlineData("-s udp:127.0.0.1:70000", "-s is 'udp:127.0.0.1:70000'")]
    [InlineData("-s udp:127.0.0.1:port", "-s is 'udp:127.0.0.1:port'")]
    [InlineData("-s udp:256.1.1.1:9", "-s is 'udp:256.1.1.1:9'")]
    [InlineData("-s udp:203.0.113.1:9", "-s is 'udp:203.0.113.1:9'")]
    [InlineData("-s udp6:127.0.0.1:9", "-s is 'udp6:127.0.0.1:9'")]
    [InlineData("-s udp6:[::1]:9", "-s is 'udp6:[::1]:9'")]
    [InlineData("-s unix:", "-s is 'unix:'")]
    [InlineData("-s unix:/nowhere/x.sock", "-s is 'unix:/nowhere/x.sock'")]
    [InlineData("-s /dev/null", "-s is '/dev/null'")]
    [InlineData("-s /etc/passwd", "-s is '/etc/passwd'")]
    [InlineData("-s systemd:", "-s is 'systemd:'")]
    [InlineData("-s x.sock -s unix:x.sock", "-s is 'unix:x.sock'")]
    [InlineData("-s udp:127.0.0.1:9 -s udp:127.0.0.1:9", "-s is 'udp:127.0.0.1:9'")]
    [InlineData("-s udp:*:0x -s udp:127.0.0.1:9", "-s is 'udp:*:0x'")]
    [InlineData("-s udp:*:9 -s udp:127.0.0.1:9", "-s is 'udp:127.0.0.1:9'")]
    [InlineData("-s udp:224.0.0.1:9", "-s is 'udp:224.0.0.1:9'")]
    [InlineData("-s tcp6:ff02::1:9", "-s is 'tcp6:ff02::1:9'")]
    [InlineData("--ng udp:255.255.255.255:9", "--ng is 'udp:255.255.255.255:9'")]
    [InlineData("--ng udp:127.0.0.1:9 -s udp:127.0.0.1:9", "-s is 'udp:127.0.0.1:9'")]
    [InlineData("--control=foo:bar", "--control is 'foo:bar'")]
    [InlineData("-l nowhere.invalid", "-l is 'nowhere.invalid'")]
    [InlineData("-l ::1", "-l is '::1'")]
    [InlineData("-6 127.0.0.1", "-6 is '127.0.0.1'")]
    [InlineData("-l 127.0.0.1 -l 127.0.0.2", "-l is '127.0.0.2'")]
    [InlineData("-l 127.0.0.1 -6 ::1", "-6 is '::1'")]
    [InlineData("-l 127.0.0.1 -l a@127.0.0.2 -l a@127.0.0.3", "-l is 'a@127.0.0.3'")]
    [InlineData("-l 224.0.0.1", "-l is '224.0.0.1'")]
    [InlineData("-l 255.255.255.255", "-l is '255.255.255.255'")]
    [InlineData("-6 ff02::1", "-6 is 'ff02::1'")]
    [InlineData("-l @127.0.0.1", "-l is '@127.0.0.1'")]
    [InlineData("-l 127.0.0.1/", "-l is '127.0.0.1/'")]
    [InlineData("-l a@127.0.0.1/127.0.0.2", "-l is 'a@127.0.0.1/127.0.0.2'")]
    [InlineData("-l 127.0.0.1/127.0.0.2 -A 198.51.100.1", "-A is '198.51.100.1'")]
    [InlineData("-l 127.0.0.1=", "-l is '127.0.0.1='")]
    [InlineData("-A /", "-A is '/'")]
    [InlineData("-m 0", "-m is '0'")]
    [InlineData("-m 70000", "-m is '70000'")]
    [InlineData("-M x", "-M is 'x'")]
    [InlineData("-m 30000 -M 20000", "-M is '20000'")]
    [InlineData("-m 20001 -M 20002", "-M is '20002'")]
    [InlineData("-m 65535", "the default of -M is '65000'")]
    [InlineData("-T 0", "-T is '0'")]
    [InlineData("-T 1m", "-T is '1m'")]
    [InlineData("-W -1", "-W is '-1'")]
    [InlineData("-t 256", "-t is '256'")]
    [InlineData("-t EF", "-t is 'EF'")]
    [InlineData("-u nobody-of-that-name", "-u is 'nobody-of-that-name'")]
    [InlineData("-u root:no-group-of-that-name", "-u is 'root:no-group-of-that-name'")]
    [InlineData("-u root:", "-u is 'root:'")]
    [InlineData("-w rw", "-w is 'rw'")]
    [InlineData("-w 0888", "-w is '0888'")]
    [InlineData("-w 9999", "-w is '9999'")]
    [InlineData("-n tcp:127.0.0.1", "-n is 'tcp:127.0.0.1'")]
    [InlineData("-n upd:127.0.0.1:9", "-n is 'upd:127.0.0.1:9'")]
    [InlineData("-n tcp:nowhere.invalid:9", "-n is 'tcp:nowhere.invalid:9'")]
    [InlineData("-d VERBOSE", "-d is 'VERBOSE'")]
    [InlineData("-d INFO:LOCAL9", "-d is 'INFO:LOCAL9'")]
    [InlineData("-c batch", "-c is 'batch'")]
    [InlineData("-L many", "-L is 'many'")]
    [InlineData("-L 10", "-L is '10'")]
    [InlineData("-S /tmp", "-S is '/tmp'")]
    [InlineData("--nice 30", "--nice is '30'")]
    [InlineData("--workers 0", "--workers is '0'")]
    [InlineData("--workers two", "--workers is 'two'")]
    [InlineData("--dtmf=", "--dtmf is ''")]
    [InlineData("--dtmf=200", "--dtmf is '200'")]
    [InlineData("--jitter-buffer 0", "--jitter-buffer is '0'")]
    [InlineData("--hep homer", "--hep is 'homer'")]
    [InlineData("--hep udp:127.0.0.1:0", "--hep is 'udp:127.0.0.1:0'")]
    [InlineData("--hep-id -1", "--hep-id is '-1'")]
    [InlineData("--hep-report x", "--hep-report is 'x'")]
    [InlineData("--cdr /nowhere/calls", "--cdr is '/nowhere/calls'")]
    [InlineData("--admin tcp:127.0.0.1:9", "--admin is 'tcp:127.0.0.1:9'")]
    [InlineData("--admin own.sock", "--admin is 'own.sock'")]
    [InlineData("--pid-file=./own.sock", "--pid-file is './own.sock'")]
    [InlineData("--pid-file=", "--pid-file is ''")]
    [InlineData("--cdr x --admin=unix:x", "--cdr is 'x'")]
    [InlineData("--cdr .", "--cdr is '.'")]
    [InlineData("--admin /nowhere/admin", "--admin is '/nowhere/admin'")]
    [InlineData("--http 8880", "--http is '8880'")]
    [InlineData("--http 0.0.0.0:8880", "--http is '0.0.0.0:8880'")]
    [InlineData("--http-host a.example", "--http-host is 'a.example'")]
    [InlineData("--http-token /etc/token", "--http-token is '/etc/token'")]
    [InlineData("--otlp localhost", "--otlp is 'localhost'")]
    [InlineData("--dso nothing", "--dso is 'nothing'")]
    [InlineData("--config /nowhere.conf", "--config is '/nowhere.conf'")]
    [InlineData("--config /nowhere.toml", "--config is '/nowhere.toml'")]
    [InlineData("--config /etc", "--config is '/etc'")]
    [InlineData("--foreground=maybe", "--foreground is 'maybe'")]
    [InlineData("--allow-media-to localnet", "--allow-media-to is 'localnet'")]
    public async Task What_cannot_be_meant_is_refused(string line, string shown)
    {
        using WorkingDirectory directory = new();
        string[] own = line.Contains("-s ", StringComparison.Ordinal) || line.Contains("--control", StringComparison.Ordinal) ? [] : ["-s", "own.sock"];

        ProgramResult result = await DaemonProcess.RunInAsync(directory, ["-f", "-F", "-p", "pid", .. own, .. line.Split(' ')]);

        result.Status.ShouldBe(1);
        string refusal = result.Error.Split('\n').Where(text => text.StartsWith("rtpproxy: ", StringComparison.Ordinal)).ShouldHaveSingleItem();
        refusal.ShouldStartWith($"rtpproxy: {shown}");
        refusal.ShouldContain("; expected ");
        File.Exists(directory.File("own.sock")).ShouldBeFalse();

        // A check says the same, of all but what only a start can find out.
        if (line.Contains("systemd:", StringComparison.Ordinal))
        {
            return;
        }

        ProgramResult check = await DaemonProcess.RunInAsync(directory, ["-f", "-F", "-p", "pid", .. own, .. line.Split(' '), "--check"]);
        check.Status.ShouldBe(1, check.Output);
        check.Error.Split('\n').ShouldContain(text => text.StartsWith($"rtpproxy: {shown}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-A udp:", "-A is 'udp:', but 'udp:' is neither; expected an address, or the name of a host")]
    [InlineData("-A 127.0.0.1:0", "-A is '127.0.0.1:0', but '127.0.0.1:0' is neither")]
    [InlineData("-A -1", "-A is '-1', but '-1' is neither")]
    [InlineData("-A 1.2.3.4.5", "-A is '1.2.3.4.5', but '1.2.3.4.5' is neither")]
    [InlineData("-l 127.0.0.1=http://x/", "-l is '127.0.0.1=http://x/', but")]
    [InlineData("--ng-prompts /nowhere", "--ng-prompts is '/nowhere', but there is no directory /nowhere; expected a directory with prompts")]
    [InlineData("--ng-prompts /etc/passwd", "--ng-prompts is '/etc/passwd', but there is no directory /etc/passwd")]
    [InlineData("--hep-id 7", "--hep-id is '7', but there is no collector; expected --hep as well, which names a collector")]
    [InlineData("--hep-report 7", "--hep-report is '7', but there is no collector")]
    [InlineData("--xmlrpc-format 1", "--xmlrpc-format is '1', but nobody is asked to end calls; expected --b2b-url as well, which names who is asked")]
    [InlineData("-w 888", "-w is '888', but that is octal 01570")]
    [InlineData("-w 660", "-w is '660', but that is octal 01224")]
    [InlineData("-w 0444", "-w is '0444', but with 0444 the owner cannot command it")]
    [InlineData("-m 20000 -M 20001", "-M is '20001', but -m is '20000': no call fits")]
    [InlineData("-l 203.0.113.1", "-l is '203.0.113.1', and 203.0.113.1 is no address of this host now")]
    [InlineData("-l 127.0.0.1 -6 vip@2001:db8::1", "-6 is 'vip@2001:db8::1', and 2001:db8::1 is no address of this host now")]
    [InlineData("-6 fe80::1", "-6 is 'fe80::1', and fe80::1 is no address of this host now")]
    [InlineData("-l 127.0.0.1=::1", "-l is '127.0.0.1=::1', but ::1 is none that stands for 127.0.0.1")]
    [InlineData("-l 127.0.0.1 -A ::1", "-A is '::1', but ::1 is none that stands for 127.0.0.1")]
    [InlineData("-l 127.0.0.1 -A 0.0.0.0", "-A is '0.0.0.0', but 0.0.0.0 in SDP puts a call on hold")]
    [InlineData("-l 127.0.0.1 -A 198.51.100.1/198.51.100.2", "-A is '198.51.100.1/198.51.100.2', but the second is for bridging, and there is none")]
    [InlineData("-l 127.0.0.1/127.0.0.1", "-l is '127.0.0.1/127.0.0.1', but both are the same: nothing is bridged")]
    [InlineData("-a", "-a is given, but there is no directory for recordings, so there are none; expected -r as well")]
    [InlineData("-P", "-P is given, but there is no directory for recordings")]
    [InlineData("-R", "-R is given, but there is no directory for recordings")]
    [InlineData("-n /etc/passwd", "-n is '/etc/passwd', but it is a file that is not empty; expected the path of a controller's socket")]
    [InlineData("-r /nowhere", "-r is '/nowhere', but there is no directory /nowhere")]
    [InlineData("-r /tmp -S /nowhere", "-S is '/nowhere', but there is no directory /nowhere")]
    public async Task What_the_original_takes_is_warned_of_and_the_start_goes_on(string line, string warning)
    {
        ProgramResult result = await DaemonProcess.RunAsync(["-f", "-F", "-s", "stdioc:", "-p", "/dev/null", .. line.Split(' ')]);

        result.Status.ShouldBe(0);
        result.Error.Split('\n').ShouldContain(text => text.StartsWith("WARN:", StringComparison.Ordinal) && text.Contains(warning));
    }
}
