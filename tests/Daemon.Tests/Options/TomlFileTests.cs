using System.Collections.Immutable;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Options;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Options;

/// <summary>Options in a file of TOML, by themselves and together with a command line.</summary>
public sealed class TomlFileTests
{
    [Fact]
    public void Every_key_does_what_its_option_does()
    {
        foreach (Option option in OptionTable.Keys)
        {
            string? argument = Arguments.GetValueOrDefault(option.Name);
            string value = (argument, option.Value) switch
            {
                (null, _) => "true",
                (_, OptionValue.Number or OptionValue.SwitchOrNumber) => argument,
                _ => $"\"{argument}\"",
            };
            string[] line = argument is null ? [$"--{option.Name}"] : [$"--{option.Name}={argument}"];

            foreach (string name in option.Names)
            {
                DaemonOptions options = Options($"{name} = {value}");

                Show(options).ShouldBe(Show(CommandLine.Options(line)), name);
                Show(options).ShouldNotBe(Show(CommandLine.Options()), name);
            }
        }
    }

    [Fact]
    public void Numbers_may_be_written_as_TOML_writes_them()
    {
        Options("tos = 0xB0").Relay.Tos.ShouldBe((byte)0xB0);
        Options("tos = -1").Relay.Tos.ShouldBeNull();
        Options("socket-mode = 0o660").SocketMode.ShouldBe((UnixFileMode)Convert.ToInt32("660", 8));
        Options("socket-mode = \"0660\"").SocketMode.ShouldBe((UnixFileMode)Convert.ToInt32("660", 8));
        Options("min-port = 20_000").PortMin.ShouldBe(20_000);
        Options("nice = -5").Nice.ShouldBe(-5);
        Options("max-load = 7.5").Load.ShouldBe(Options("max-load = \"7.5\"").Load);
        Options("max-cpu = 9e1").Load.ShouldBe(Options("max-cpu = 90").Load);
        Options("dtmf = 96").Relay.DigitPayloadType!.Value.Value.ShouldBe((byte)96);
    }

    [Theory]
    [InlineData("control = [\"/a\", \"udp:127.0.0.1:1\"]")]
    [InlineData("control = [\n  '/a', # why\n  \"udp:127.0.0.1:1\",\n]")]
    [InlineData("\ufeff# a mark\r\n\"control\" = [\"/a\", \"udp:127.0.0.1:1\"]\r\n")]
    public void Options_that_may_be_repeated_are_lists(string text) =>
        Options(text).ControlSockets.Select(socket => $"{socket}").ShouldBe(["unix:/a", "udp:127.0.0.1:1"]);

    [Fact]
    public void A_list_of_one_may_be_written_without_brackets() =>
        Options("listen = \"10.0.0.1\"").Listen.ShouldBe([new(false, "10.0.0.1")]);

    [Fact]
    public void What_is_false_is_as_if_it_were_not_there() =>
        Show(Options("foreground = false\ndtmf = false\noverload-prot = false")).ShouldBe(Show(CommandLine.Options()));

    [Fact]
    public void The_command_line_wins_and_a_list_of_it_replaces_that_of_the_file()
    {
        const string Text = "timeout = 30\nmin-port = 20000\ncontrol = [\"/a\", \"/b\"]\nlisten = [\"10.0.0.1\"]\nlisten6 = [\"six@::1\"]\nforeground = true";

        DaemonOptions options = Options(Text, "-T", "5", "--control=/c", "-l", "10.0.0.2", "--foreground=false");

        options.Relay.TtlSeconds.ShouldBe(5);
        options.PortMin.ShouldBe(20_000);
        options.ControlSockets.Select(socket => socket.Path).ShouldBe(["/c"]);
        options.Listen.ShouldBe([new(false, "10.0.0.2"), new(true, "six@::1")]);
        options.Foreground.ShouldBeFalse();
        Options(Text).Foreground.ShouldBeTrue();
    }

    [Fact]
    public void What_the_command_line_replaces_is_looked_at_all_the_same() =>
        Fault("timeout = 0", "-T", "5").ShouldBe(":1: timeout is '0'; expected a number of seconds, 1 to 2147483647");

    [Theory]
    [InlineData("timeout = 0", ":1: timeout is '0'; expected a number of seconds, 1 to 2147483647")]
    [InlineData("\n\ntimeout = \"60\"", ":3: timeout is '60', but that is a text; expected a whole number without quotation marks")]
    [InlineData("timeout = 6.5", ":1: timeout is a number with a fraction; expected a whole number without quotation marks")]
    [InlineData("tos = 6.5", ":1: tos is '6.5'; expected a number, -1 to 255 or 0x0 to 0xFF")]
    [InlineData("max-load = nan", ":1: max-load is 'NaN'; expected a load average, above 0 and at most 100000")]
    [InlineData("timeout = [60]", ":1: timeout is a list; expected a whole number without quotation marks")]
    [InlineData("timeout = 1979-05-27", ":1: timeout is a date or time; expected a whole number without quotation marks")]
    [InlineData("[timeout]\nx = 1", ":1: timeout is a section; expected a whole number without quotation marks")]
    [InlineData("timeout.x = 1", ":1: timeout is a section; expected a whole number without quotation marks")]
    [InlineData("control = 5", ":1: control is '5', but that is a number; expected a text in quotation marks, or a list of such")]
    [InlineData("control = [\n\"/a\",\n5]", ":1: control is '5', but that is a number; expected a text in quotation marks, or a list of such")]
    [InlineData("control = [[\"/a\"]]", ":1: control is a list; expected a text in quotation marks, or a list of such")]
    [InlineData("foreground = \"yes\"", ":1: foreground is 'yes', but that is a text; expected true or false, without quotation marks")]
    [InlineData("foreground = 1", ":1: foreground is '1', but that is a number; expected true or false, without quotation marks")]
    [InlineData("dtmf = \"101\"", ":1: dtmf is '101', but that is a text; expected true, false or a whole number, without quotation marks")]
    [InlineData("control = [\"upd:127.0.0.1:9\"]", ":1: control is 'upd:127.0.0.1:9', but there is no kind upd:, did you mean udp:127.0.0.1:9; expected {0}")]
    [InlineData("cdr = \"a\\u0000b\"", ":1: cdr is 'a.b'; expected a text without zero characters")]
    [InlineData("tiemout = 60", ":1: tiemout is unknown; expected timeout, perhaps")]
    [InlineData("T = 60", ":1: T is unknown; expected timeout, perhaps")]
    [InlineData("min_port = 60", ":1: min_port is unknown; expected min-port, perhaps")]
    [InlineData("[media]\ntimeout = 60", ":1: media is unknown; expected the long name of an option, outside of any [section]; rtpproxy --help tells them")]
    [InlineData("help = true", ":1: help is for the command line only; expected an option that sets something")]
    [InlineData("timeout = 5\n\ntimeout = 6", ":3: timeout is there twice; expected it once, as in line 1")]
    [InlineData("no-resolve = true\nno_resolve = true", ":2: no_resolve is there twice; expected it once, as in line 1")]
    [InlineData("control = \"/a\"\ncontrol = \"/b\"", ":2: control is there twice; expected it once, as in line 1, with a list of all values")]
    [InlineData("config = \"other.toml\"", ":1: config is 'other.toml', but a file of options names no other one; expected a file in the original's form")]
    public void What_is_wrong_is_told_with_file_line_key_value_and_expectation(string text, string fault) =>
        Fault(text).ShouldBe(string.Format(null, fault, Hosting.ControlSocketText.Forms));

    [Theory]
    [InlineData("timeout 60", 1)]
    [InlineData("# good\ntimeout = sixty", 2)]
    [InlineData("socket-mode = 0660", 1)]
    [InlineData("control = [\"/a\"", 1)]
    [InlineData("timeout = 99999999999999999999", 1)]
    [InlineData("\u0001", 1)]
    public void What_is_no_TOML_is_told_with_its_line(string text, int line)
    {
        string fault = Fault(text);

        fault.ShouldStartWith($":{line}: ");
        fault.ShouldContain("; expected lines of TOML such as timeout = 60");
        fault.ShouldNotContain("\n");
    }

    [Fact]
    public void Who_writes_a_mode_as_chmod_does_is_told_how_TOML_writes_it() =>
        Fault("socket-mode = 0660").ShouldEndWith(", and octal numbers such as 0o660 or \"0660\"");

    [Fact]
    public void A_relative_path_counts_from_the_directory_of_the_file()
    {
        using WorkingDirectory directory = new();
        string file = directory.File("options.toml");
        File.WriteAllText(
            file,
            """
            record-dir = "rec"
            spool-dir = "/spool"
            cdr = "../calls.json"
            pid-file = "pid"
            config = "modules.conf"
            http-token = "token"
            http = "127.0.0.1:8880"
            admin = "unix:admin.sock"
            control = ["unix:a.sock", "cunix:b.sock", "c.sock", "/d.sock", "udp:127.0.0.1:9"]
            notify = ["unix:n.sock", "tcp:127.0.0.1:9"]
            """);

        DaemonOptions options = CommandLine.Options("--config", file);

        string at = directory.Path;
        options.RecordingDirectory.ShouldBe($"{at}/rec");
        options.SpoolDirectory.ShouldBe("/spool");
        options.RecordFile.ShouldBe($"{at}/../calls.json");
        options.PidFile.ShouldBe($"{at}/pid");
        options.ConfigurationFile.ShouldBe($"{at}/modules.conf");
        options.Watcher.TokenFile.ShouldBe($"{at}/token");
        options.AdminSocket.ShouldBe($"{at}/admin.sock");
        options.ControlSockets.Select(socket => $"{socket}")
            .ShouldBe([$"unix:{at}/a.sock", $"cunix:{at}/b.sock", $"unix:{at}/c.sock", "unix:/d.sock", "udp:127.0.0.1:9"]);
        options.NotifySockets.Select(socket => socket.Name).ShouldBe([$"unix:{at}/n.sock", "tcp:127.0.0.1:9"]);
        CommandLine.Options("--config", file, "-r", "rec").RecordingDirectory.ShouldBe("rec");
    }

    [Fact]
    public void What_is_wrong_with_a_relative_path_is_told_as_it_is_written() =>
        Fault($"control = \"unix:{new string('a', 108)}\"").ShouldStartWith($":1: control is 'unix:{new string('a', 108)}', but the path has ");

    [Fact]
    public void A_file_that_cannot_be_read_is_told()
    {
        CommandLine.Fault("--config", "/nowhere.toml").ShouldBe(
            "rtpproxy: --config is '/nowhere.toml', but there is no such file; expected a file with options in TOML\n");
        using WorkingDirectory directory = new();
        string path = directory.File("x.toml");
        File.WriteAllBytes(path, [(byte)'#', 0xFF]);
        CommandLine.Fault("--config", path).ShouldContain("', but it is no text in UTF-8; expected");
        File.WriteAllBytes(path, new byte[(1 << 20) + 1]);
        CommandLine.Fault("--config", path).ShouldContain("', but it is larger than 1 MiB; expected");
        CommandLine.Fault("--config", "/dev/zero.toml").ShouldContain("', but there is no such file; expected");
    }

    [Fact]
    public void No_beginning_and_no_flipped_bit_of_a_file_makes_the_reader_throw()
    {
        const string Text =
            """
            # A file with something of everything.
            control = ["unix:/run/x.sock", 'udp:127.0.0.1:22222']
            listen = "10.0.0.1=\u0041"
            timeout = 60
            tos = 0xB8
            foreground = true
            cdr = '''/var/log/x'''
            nice = -1_0
            http-host = [ "a.example", # one
              "b.example" ]
            """;
        for (int length = 0; length <= Text.Length; length++)
        {
            Try(Text[..length]);
        }

        for (int at = 0; at < Text.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                char[] flipped = Text.ToCharArray();
                flipped[at] ^= (char)(1 << bit);
                Try(new string(flipped));
            }
        }

        Try(string.Concat(Enumerable.Repeat("[", 100_000)));
        Try("control = " + string.Concat(Enumerable.Repeat("[", 100_000)));
        Try("control = " + string.Concat(Enumerable.Repeat("{a=", 100_000)));
        Try(string.Concat(Enumerable.Repeat("a.", 100_000)));
        Try("control = \"" + new string('x', 1 << 20));
    }

    private static void Try(string text)
    {
        string? fault = TomlFile.Read("x.toml", text, out ImmutableArray<Setting> settings);
        (fault is null || (fault.StartsWith("x.toml:", StringComparison.Ordinal) && settings.IsEmpty)).ShouldBeTrue(fault);
        fault?.ShouldNotContain("\n");
    }

    // A right argument for each option that has one.
    private static readonly Dictionary<string, string> Arguments = new()
    {
        ["listen"] = "10.0.0.1",
        ["listen6"] = "::1",
        ["advertise"] = "a/b",
        ["min-port"] = "20000",
        ["max-port"] = "21000",
        ["max-sessions"] = "500",
        ["max-load"] = "7.5",
        ["max-cpu"] = "95",
        ["max-bandwidth"] = "10000000",
        ["allow-media-to"] = "127.0.0.0/8",
        ["control"] = "udp:127.0.0.1:9",
        ["ng"] = "udp:2223",
        ["ng-delete-delay"] = "7",
        ["ng-prompts"] = "/prompts",
        ["notify"] = "/run/n",
        ["user"] = "relay:sip",
        ["socket-mode"] = "0660",
        ["timeout"] = "5",
        ["setup-timeout"] = "6",
        ["silent-timeout"] = "66",
        ["tos"] = "0x10",
        ["dtmf"] = "96",
        ["jitter-buffer"] = "80",
        ["record-dir"] = "/rec",
        ["spool-dir"] = "/spool",
        ["hep"] = "udp:127.0.0.1",
        ["dtmf-log-dest"] = "127.0.0.1:2229",
        ["b2b-url"] = "http://127.0.0.1:5060/RPC2",
        ["xmlrpc-format"] = "1",
        ["hep-id"] = "7",
        ["hep-report"] = "8",
        ["cdr"] = "/var/log/cdr",
        ["admin"] = "unix:/run/admin",
        ["http"] = "127.0.0.1:8880",
        ["ng-http"] = "127.0.0.1:2225",
        ["http-token"] = "/etc/token",
        ["http-host"] = "a.example",
        ["otlp"] = "http://c",
        ["pid-file"] = "/run/pid",
        ["open-files"] = "1000",
        ["scheduling"] = "rr",
        ["nice"] = "-3",
        ["workers"] = "3",
        ["log-level"] = "INFO:LOCAL1",
        ["config"] = "/etc/modules.conf",
        ["dso"] = "acct_csv",
        ["overload-prot"] = "x",
    };

    // A record shows no list's items by itself.
    private static string Show(DaemonOptions options) => string.Join(
        '\n',
        options with { OptionsFile = null },
        string.Join(',', options.Listen),
        string.Join(',', options.ControlSockets),
        string.Join(',', options.NotifySockets),
        string.Join(',', options.AllowedMedia),
        string.Join(',', options.Modules),
        string.Join(',', options.Collectors),
        string.Join(',', options.Relay.DigitTargets),
        string.Join(',', options.Watcher.HostNames));

    private static DaemonOptions Options(string text, params string[] arguments) =>
        With(text, path => CommandLine.Options([.. arguments, "--config", path]));

    private static string Fault(string text, params string[] arguments) => With(text, path =>
    {
        string line = CommandLine.Fault([.. arguments, "--config", path]);
        line.ShouldStartWith($"rtpproxy: {path}");
        line.Count(c => c == '\n').ShouldBe(1);
        return line[$"rtpproxy: {path}".Length..^1];
    });

    private static T With<T>(string text, Func<string, T> use)
    {
        using WorkingDirectory directory = new();
        string path = directory.File("rtpproxy.toml");
        File.WriteAllText(path, text);
        return use(path);
    }
}
