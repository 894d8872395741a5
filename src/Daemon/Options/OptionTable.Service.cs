using RtpProxy.Daemon.Configuration;
using RtpProxy.Io.Net;
using RtpProxy.Io.Posix.Files;

namespace RtpProxy.Daemon.Options;

/// <summary>Rows for addresses, control and the process itself.</summary>
internal static partial class OptionTable
{
    private const int MaxDeleteDelay = 86_400; // a day

    // More threads than a machine has CPUs only pass work around; the bound keeps a slip of the finger harmless.
    private const int MaxWorkers = 1_024;

    private static IEnumerable<Option> OfAddresses() =>
    [
        new()
        {
            Letter = 'l', Name = "listen", Group = OptionGroup.Addresses, Value = OptionValue.Text, Argument = "ADDRESS", Repeats = true,
            Meaning = "IPv4 address for media: [LABEL@]ADDRESS[=ADVERTISED], or INTERNAL/EXTERNAL for bridging", Default = "*",
            Read = (reader, argument) => reader.ReadListen(argument, isIPv6: false),
        },
        new()
        {
            Letter = '6', Name = "listen6", Group = OptionGroup.Addresses, Value = OptionValue.Text, Argument = "ADDRESS", Repeats = true,
            Meaning = "IPv6 address, in the same form",
            Read = (reader, argument) => reader.ReadListen(argument, isIPv6: true),
        },
        new()
        {
            Letter = 'A', Name = "advertise", Group = OptionGroup.Addresses, Value = OptionValue.Text, Argument = "A1[/A2]",
            Meaning = "addresses shown to callers instead of the default or the two bridging ones",
            Read = (reader, argument) => reader.ReadAdvertised(argument),
        },
        new()
        {
            Letter = 'm', Name = "min-port", Group = OptionGroup.Addresses, Value = OptionValue.Number, Argument = "PORT",
            Meaning = "lowest port for media", Default = "35000",
            Read = (reader, argument) => reader.ReadPort(argument, (options, port) => options with { PortMin = port }),
        },
        new()
        {
            Letter = 'M', Name = "max-port", Group = OptionGroup.Addresses, Value = OptionValue.Number, Argument = "PORT",
            Meaning = "highest port for media", Default = "65000",
            Read = (reader, argument) => reader.ReadPort(argument, (options, port) => options with { PortMax = port }),
        },
        new()
        {
            Name = "max-sessions", Group = OptionGroup.Addresses, Value = OptionValue.Number, Argument = "N",
            Meaning = "where there are so many sessions (media lines) no call begins", Default = "as many as there are ports",
            Read = (reader, argument) => reader.ReadNumber(
                argument, 1, int.MaxValue, "a number of sessions",
                (options, limit) => options with { Relay = options.Relay with { MaxSessions = limit } }),
        },
        new()
        {
            Name = "max-load", Group = OptionGroup.Addresses, Value = OptionValue.NumberOrText, Argument = "LOAD",
            Meaning = "where the machine's load average of a minute is higher no call begins",
            Read = (reader, argument) => reader.ReadFraction(
                argument, 100_000, "a load average",
                (options, limit) => options with { Load = options.Load with { Average = limit } }),
        },
        new()
        {
            Name = "max-cpu", Group = OptionGroup.Addresses, Value = OptionValue.NumberOrText, Argument = "PERCENT",
            Meaning = "where the machine's processors are busier, all together within a second, no call begins",
            Read = (reader, argument) => reader.ReadFraction(
                argument, 100, "a percentage",
                (options, limit) => options with { Load = options.Load with { CpuPercent = limit } }),
        },
        new()
        {
            Name = "max-bandwidth", Group = OptionGroup.Addresses, Value = OptionValue.Number, Argument = "BYTES",
            Meaning = "where more bytes of media come in within a second no call begins",
            Read = (reader, argument) => reader.ReadNumber(
                argument, 1, int.MaxValue, "bytes in a second",
                (options, limit) => options with { Load = options.Load with { BytesPerSecond = limit } }),
        },
        Switch('b', "sequential-ports", OptionGroup.Addresses, "give ports out in ascending order", options => options with { SequentialPorts = true }),
        Switch(null, "no-resolve", OptionGroup.Addresses, "numeric addresses only", options => options with { NoResolve = true }) with
        {
            OriginalName = "no_resolve",
        },
        new()
        {
            Name = "allow-media-to", Group = OptionGroup.Addresses, Value = OptionValue.Text, Argument = "CIDR", Repeats = true,
            Meaning = "send media there although it is loopback, link-local, multicast or broadcast",
            Read = (reader, argument) => reader.ReadAllowedMedia(argument),
        },
    ];

    private static IEnumerable<Option> OfControl() =>
    [
        new()
        {
            Letter = 's', Name = "control", Group = OptionGroup.Control, Value = OptionValue.Text, Argument = "SOCKET", Repeats = true, Path = OptionPath.Socket,
            Meaning = "socket for commands: unix:PATH or a path, cunix:PATH, udp: udp6: tcp: tcp6: with HOST[:PORT], stdio: stdioc: systemd:",
            Default = "unix:/var/run/rtpproxy.sock",
            Read = (reader, argument) => reader.ReadControlSocket(argument),
        },
        new()
        {
            Name = "ng", Group = OptionGroup.Control, Value = OptionValue.Text, Argument = "SOCKET", Repeats = true,
            Meaning = "socket for commands of rtpengine's ng protocol: udp:[HOST:]PORT, tcp:[HOST:]PORT; without HOST for this host only",
            Read = (reader, argument) => reader.ReadNgSocket(argument),
        },
        Switch(
            null, "ng-sip-source", OptionGroup.Control, "for ng: media goes to where the SIP message came from, not where its SDP says",
            options => options with { Ng = options.Ng with { UsesSipSource = true } }),
        new()
        {
            Name = "ng-delete-delay", Group = OptionGroup.Control, Value = OptionValue.Number, Argument = "SECONDS",
            Meaning = "for ng: how long a call goes on after its deletion, where the command does not say", Default = "0",
            Read = (reader, argument) => reader.ReadNumber(
                argument, 0, MaxDeleteDelay, "a number of seconds",
                (options, seconds) => options with { Ng = options.Ng with { DeleteDelay = TimeSpan.FromSeconds(seconds) } }),
        },
        new()
        {
            Name = "ng-prompts", Group = OptionGroup.Control, Value = OptionValue.Text, Argument = "DIR", Path = OptionPath.File,
            Meaning = "for ng: the prompts and WAV files that can be played are below it", Default = "the current directory, / in the background",
            Read = (reader, argument) => reader.ReadPath(
                argument, "a directory",
                (options, path) => options with { Ng = options.Ng with { PromptDirectory = CurrentDirectory.Resolve(path).TrimEnd('/') } }),
        },
        new()
        {
            Letter = 'n', Name = "notify", Group = OptionGroup.Control, Value = OptionValue.Text, Argument = "SOCKET", Repeats = true, Path = OptionPath.Socket,
            Meaning = "permit time-out notices to unix:PATH, tcp:HOST:PORT or tcp:%%CC_SELF%%:PORT",
            Read = (reader, argument) => reader.ReadNotifySocket(argument),
        },
        new()
        {
            Letter = 'u', Name = "user", Group = OptionGroup.Control, Value = OptionValue.Text, Argument = "USER[:GROUP]",
            Meaning = "become this user and group when started",
            Read = (reader, argument) => reader.ReadRunAs(argument),
        },
        new()
        {
            Letter = 'w', Name = "socket-mode", Group = OptionGroup.Control, Value = OptionValue.NumberOrText, Argument = "MODE",
            Meaning = "mode of the Unix control socket; 0660 is octal, 432 decimal", Default = "0755",
            Read = (reader, argument) => reader.ReadSocketMode(argument),
        },
    ];

    private static IEnumerable<Option> OfProcess() =>
    [
        Switch('f', "foreground", OptionGroup.Process, "stay in the foreground, log to standard error", options => options with { Foreground = true }),
        Switch(
            null, "keep", OptionGroup.Process, "be a keeper, whose child relays: calls go on when that dies, and through an upgrade (SIGUSR2)",
            options => options with { IsKept = true }),
        Switch('F', "allow-superuser", OptionGroup.Process, "do not mind running as superuser", options => options with { AllowSuperuser = true }),
        Switch('D', "keep-directory", OptionGroup.Process, "do not change to / in the background", options => options with { KeepDirectory = true }),
        Switch(
            null, "no-redirect", OptionGroup.Process, "in the background keep standard output and error, and log there too",
            options => options with { KeepOutput = true }) with
        {
            OriginalName = "no_redirect",
        },
        new()
        {
            Letter = 'p', Name = "pid-file", Group = OptionGroup.Process, Value = OptionValue.Text, Argument = "FILE", Path = OptionPath.File,
            Meaning = "file for the process id", Default = "/var/run/rtpproxy.pid",
            Read = (reader, argument) => reader.ReadPath(argument, "a file", (options, path) => options with { PidFile = path }),
        },
        new()
        {
            Letter = 'L', Name = "open-files", Group = OptionGroup.Process, Value = OptionValue.Number, Argument = "N",
            Meaning = "limit of open files, of which a session takes about five", Default = "the system's",
            Read = (reader, argument) => reader.ReadNumber(
                argument, 0, int.MaxValue, "a number of files", (options, limit) => options with { DescriptorLimit = limit }),
        },
        new()
        {
            Letter = 'c', Name = "scheduling", Group = OptionGroup.Process, Value = OptionValue.Text, Argument = "fifo|rr",
            Meaning = "real-time scheduling",
            Read = (reader, argument) => reader.ReadScheduling(argument),
        },
        new()
        {
            Name = "nice", Group = OptionGroup.Process, Value = OptionValue.Number, Argument = "N", Meaning = "priority, -20 to 20",
            Read = (reader, argument) => reader.ReadNumber(argument, -20, 20, "a priority", (options, nice) => options with { Nice = nice }),
        },
        new()
        {
            Name = "workers", Group = OptionGroup.Process, Value = OptionValue.Number, Argument = "N",
            Meaning = "threads that carry packets", Default = "usable CPUs",
            Read = (reader, argument) => reader.ReadNumber(
                argument, 1, MaxWorkers, "a number of threads", (options, workers) => options with { Workers = workers }),
        },
        new()
        {
            Letter = 'd', Name = "log-level", Group = OptionGroup.Process, Value = OptionValue.Text, Argument = "LEVEL[:FACILITY]",
            Meaning = "DBUG, INFO, WARN, ERR or CRIT, and a facility of syslog", Default = "DBUG in the foreground, WARN in the background",
            Read = (reader, argument) => reader.ReadLog(argument),
        },
        Switch(
            null, "log-digits", OptionGroup.Process, "log which digits are pressed, not only that one is: they may be secrets",
            options => options with { LogsDigits = true }),
        new()
        {
            Name = "config", Group = OptionGroup.Process, Value = OptionValue.Text, Argument = "FILE", Path = OptionPath.File,
            Meaning = "file with options as NAME = VALUE (TOML); with modules in the original's form if its name does not end in .toml",
            Read = (reader, argument) => reader.ReadPath(argument, "a file", (options, path) => TomlFile.IsNamed(path)
                ? options with { OptionsFile = path }
                : options with { ConfigurationFile = path }),
        },
        new()
        {
            Name = "dso", Group = OptionGroup.Process, Value = OptionValue.Text, Argument = "MODULE", Repeats = true,
            Meaning = "acct_csv or catch_dtmf, or a file of that name; what it does is built in",
            Read = (reader, argument) => reader.ReadModule(argument),
        },
        new()
        {
            Name = "overload-prot", OriginalName = "overload_prot", Group = OptionGroup.Process, Value = OptionValue.SwitchOrText,
            Argument = "X", Meaning = "accepted for compatibility",
            Read = (reader, _) => reader.Keep(options => options with { OverloadProtection = true }),
        },
    ];

    private static IEnumerable<Option> Questions() =>
    [
        new()
        {
            Name = "check", Group = OptionGroup.Questions, Value = OptionValue.Question,
            Meaning = "whether a start with these options would succeed, and what would be served",
            Read = (reader, _) => reader.Keep(options => options with { IsCheck = true }),
        },
        Question('V', "version", "version", () => ProgramVersion.Text + "\n"),
        Question('v', "capabilities", "revisions of the control protocol", Capabilities.Describe),
        Question('C', "clock-name", "name of the clock used in logs", () => MonotonicClock.Name + "\n"),
        Question('?', "help", "this text", () => Usage.Text),
    ];

    private static Option Switch(
        char? letter, string name, OptionGroup group, string meaning, Func<DaemonOptions, DaemonOptions> change) => new()
        {
            Letter = letter,
            Name = name,
            Group = group,
            Value = OptionValue.Switch,
            Meaning = meaning,
            Read = (reader, _) => reader.Keep(change),
        };

    private static Option Question(char letter, string name, string meaning, Func<string> answer) => new()
    {
        Letter = letter,
        Name = name,
        Group = OptionGroup.Questions,
        Value = OptionValue.Question,
        Meaning = meaning,
        Answer = answer,
    };
}
