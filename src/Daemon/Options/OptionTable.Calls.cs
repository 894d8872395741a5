using RtpProxy.Hosting.Teardown;
using RtpProxy.Relay;

namespace RtpProxy.Daemon.Options;

/// <summary>Rows for media, recording, and what others are told of calls.</summary>
internal static partial class OptionTable
{
    private const int MaxJitterBuffer = 2_000; // Nobody waits longer for an answer.
    private const int MaxCollectorPeriod = 86_400; // a day

    private static IEnumerable<Option> OfMedia() =>
    [
        new()
        {
            Letter = 'T', Name = "timeout", Group = OptionGroup.Media, Value = OptionValue.Number, Argument = "SECONDS",
            Meaning = "a session ends when nobody was heard for so long", Default = "60",
            Read = (reader, argument) => reader.ReadNumber(
                argument, 1, int.MaxValue, "a number of seconds",
                (options, seconds) => options with { Relay = options.Relay with { TtlSeconds = seconds } }),
        },
        new()
        {
            Letter = 'W', Name = "setup-timeout", Group = OptionGroup.Media, Value = OptionValue.Number, Argument = "SECONDS",
            Meaning = "the same until the session is complete", Default = "as -T; of the ng protocol 3600",
            Read = (reader, argument) => reader.ReadNumber(
                argument, 1, int.MaxValue, "a number of seconds",
                (options, seconds) => options with { Relay = options.Relay with { SetupTtlSeconds = seconds } }),
        },
        new()
        {
            Name = "silent-timeout", Group = OptionGroup.Media, Value = OptionValue.Number, Argument = "SECONDS",
            Meaning = "the same for a call of the ng protocol that is on hold", Default = "3600",
            Read = (reader, argument) => reader.ReadNumber(
                argument, 1, int.MaxValue, "a number of seconds",
                (options, seconds) => options with { Relay = options.Relay with { SilentTtlSeconds = seconds } }),
        },
        RelaySwitch(
            'i', "independent-timeouts", OptionGroup.Media, "time out when either party is silent",
            relay => relay with { IndependentTimeouts = true }),
        new()
        {
            Letter = 't', Name = "tos", Group = OptionGroup.Media, Value = OptionValue.NumberOrText, Argument = "TOS",
            Meaning = "IPv4 type of service of media, decimal or 0x..; -1 leaves it to the system", Default = "0xB8",
            Read = (reader, argument) => reader.ReadTos(argument),
        },
        RelaySwitch(
            '2', "double-small-packets", OptionGroup.Media, "send small packets twice", relay => relay with { DoubleSmallPackets = true }),
        Switch(
            null, "force-asymmetric", OptionGroup.Media, "never learn a party's address from its packets",
            options => options with { ForceAsymmetric = true }) with
        {
            OriginalName = "force_asymmetric",
        },
        Switch(
            null, "bridge-symmetric", OptionGroup.Media, "learn addresses in bridging mode too",
            options => options with { BridgeSymmetric = true }) with
        {
            OriginalName = "bridge_symmetric",
        },
        new()
        {
            Name = "dtmf", Group = OptionGroup.Media, Value = OptionValue.SwitchOrNumber, Argument = "PT",
            Meaning = "listen for the digits of every call, in RTP payload type PT (101)",
            Read = (reader, argument) => reader.ReadDigitPayloadType(argument),
        },
        new()
        {
            Name = "jitter-buffer", Group = OptionGroup.Media, Value = OptionValue.Number, Argument = "MS",
            Meaning = "milliseconds of the de-jitter buffer for which the quality of calls is judged", Default = "60",
            Read = (reader, argument) => reader.ReadNumber(
                argument, 1, MaxJitterBuffer, "a number of milliseconds",
                (options, length) => options with { Relay = options.Relay with { JitterBuffer = TimeSpan.FromMilliseconds(length) } }),
        },
    ];

    private static IEnumerable<Option> OfRecording() =>
    [
        new()
        {
            Letter = 'r', Name = "record-dir", Group = OptionGroup.Recording, Value = OptionValue.Text, Argument = "DIR", Path = OptionPath.File,
            Meaning = "where recordings end up; without it there are none",
            Read = (reader, argument) => reader.ReadPath(argument, "a directory", (options, path) => options with { RecordingDirectory = path }),
        },
        new()
        {
            Letter = 'S', Name = "spool-dir", Group = OptionGroup.Recording, Value = OptionValue.Text, Argument = "DIR", Path = OptionPath.File,
            Meaning = "where they are while they are written", Default = "as -r",
            Read = (reader, argument) => reader.ReadPath(argument, "a directory", (options, path) => options with { SpoolDirectory = path }),
        },
        RelaySwitch('a', "record-all", OptionGroup.Recording, "record every session", relay => relay with { RecordAll = true }),
        RelaySwitch('P', "record-pcap", OptionGroup.Recording, "in pcap format", relay => relay with { RecordPcap = true }),
        RelaySwitch('R', "record-no-rtcp", OptionGroup.Recording, "without RTCP", relay => relay with { SkipRtcpRecording = true }),
    ];

    private static IEnumerable<Option> OfTelling() =>
    [
        new()
        {
            Name = "hep", Group = OptionGroup.Telling, Value = OptionValue.Text, Argument = "SOCKET", Repeats = true,
            Meaning = "send HEP packets (Homer) to udp:HOST[:PORT], tcp:HOST[:PORT] or tls:HOST[:PORT]",
            Read = (reader, argument) => reader.ReadHepCollector(argument),
        },
        new()
        {
            Name = "hep-id", Group = OptionGroup.Telling, Value = OptionValue.Number, Argument = "N",
            Meaning = "capture id in them", Default = "101",
            Read = (reader, argument) => reader.ReadCaptureId(argument),
        },
        new()
        {
            Name = "hep-report", Group = OptionGroup.Telling, Value = OptionValue.Number, Argument = "SECONDS",
            Meaning = "report streams that are up so often; 0 for never", Default = "20",
            Read = (reader, argument) => reader.ReadNumber(
                argument, 0, MaxCollectorPeriod, "a number of seconds",
                (options, seconds) => options with { CollectorPeriodSeconds = seconds }),
        },
        new()
        {
            Name = "dtmf-log-dest", Group = OptionGroup.Telling, Value = OptionValue.Text, Argument = "HOST:PORT", Repeats = true,
            Meaning = "for ng: tell the digits of calls there, in datagrams of JSON; those after the first to calls that name them",
            Read = (reader, argument) => reader.ReadDigitTarget(argument),
        },
        new()
        {
            Name = "b2b-url", Group = OptionGroup.Telling, Value = OptionValue.Text, Argument = "URL",
            Meaning = "for ng: ask there by XML-RPC to end calls that have timed out; http://HOST[:PORT][/PATH]",
            Read = (reader, argument) => reader.ReadTeardownTarget(argument),
        },
        new()
        {
            Name = "xmlrpc-format", Group = OptionGroup.Telling, Value = OptionValue.Number, Argument = "N",
            Meaning = "what is asked there: 0 di for each tag (SEMS), 1 teardown with the Call-ID, 2 dlg.terminate_dlg (Kamailio)", Default = "2",
            Read = (reader, argument) => reader.ReadNumber(
                argument, (int)TeardownFormat.Tags, (int)TeardownFormat.Dialog, "a format",
                (options, format) => options with { TeardownFormat = (TeardownFormat)format }),
        },
        new()
        {
            Name = "cdr", Group = OptionGroup.Telling, Value = OptionValue.Text, Argument = "FILE", Path = OptionPath.File,
            Meaning = "append a line of JSON for each session that ends",
            Read = (reader, argument) => reader.ReadPath(argument, "a file", (options, path) => options with { RecordFile = path }),
        },
    ];

    private static IEnumerable<Option> OfWatching() =>
    [
        new()
        {
            Name = "admin", Group = OptionGroup.Watching, Value = OptionValue.Text, Argument = "unix:PATH", Path = OptionPath.Socket,
            Meaning = "socket for those who look after the relay (rtpproxyctl, rtpproxywatch)",
            Read = (reader, argument) => reader.ReadAdminSocket(argument),
        },
        new()
        {
            Name = "http", Group = OptionGroup.Watching, Value = OptionValue.Text, Argument = "ADDRESS:PORT",
            Meaning = "start rtpproxywatch beside the relay: a page, /metrics, health",
            Read = (reader, argument) => reader.ReadHttp(argument),
        },
        new()
        {
            Name = "ng-http", Group = OptionGroup.Watching, Value = OptionValue.Text, Argument = "ADDRESS:PORT",
            Meaning = "let rtpproxywatch take commands of the ng protocol over HTTP and WebSocket, for the first --ng udp:",
            Read = (reader, argument) => reader.ReadNgHttp(argument),
        },
        new()
        {
            Name = "http-token", Group = OptionGroup.Watching, Value = OptionValue.Text, Argument = "FILE", Path = OptionPath.File,
            Meaning = "what clients of it must know; needed where ADDRESS is not of this host alone",
            Read = (reader, argument) => reader.ReadTokenFile(argument),
        },
        new()
        {
            Name = "http-host", Group = OptionGroup.Watching, Value = OptionValue.Text, Argument = "NAME", Repeats = true,
            Meaning = "a name by which browsers ask for it",
            Read = (reader, argument) => reader.ReadHostName(argument),
        },
        new()
        {
            Name = "otlp", Group = OptionGroup.Watching, Value = OptionValue.Text, Argument = "URL",
            Meaning = "push metrics to this OpenTelemetry collector",
            Read = (reader, argument) => reader.ReadCollector(argument),
        },
    ];

    private static Option RelaySwitch(
        char letter, string name, OptionGroup group, string meaning, Func<RelayOptions, RelayOptions> change) =>
        Switch(letter, name, group, meaning, options => options with { Relay = change(options.Relay) });
}
