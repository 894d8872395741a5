using RtpProxy.Daemon.Configuration;
using RtpProxy.Hosting;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Io.Posix.Getopt;
using RtpProxy.Io.Posix.Processes;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay.Destinations;

namespace RtpProxy.Daemon.Options;

/// <summary>Takes option after option into a <see cref="DaemonOptions"/>.</summary>
/// <remarks>Lives while one command line is read; not thread-safe.</remarks>
internal sealed partial class OptionReader(ISystemNames names)
{
    /// <summary>What was read so far.</summary>
    public DaemonOptions Options { get; private set; } = new();

    /// <summary>Takes one option.</summary>
    /// <returns>What is wrong with it, without program name; null if nothing is.</returns>
    public string? Read(in ScannedOption option)
    {
        string argument = option.Argument ?? "";
        return option.Code switch
        {
            '2' => Keep(Options with { Relay = Options.Relay with { DoubleSmallPackets = true } }),
            '6' => Keep(Options with { Listen = Options.Listen.Add(new(IsIPv6: true, argument)) }),
            'A' => ReadAdvertised(argument),
            'a' => Keep(Options with { Relay = Options.Relay with { RecordAll = true } }),
            'b' => Keep(Options with { SequentialPorts = true }),
            'c' => ReadScheduling(argument),
            'D' => Keep(Options with { KeepDirectory = true }),
            'd' => ReadLog(argument),
            'F' => Keep(Options with { AllowSuperuser = true }),
            'f' => Keep(Options with { Foreground = true }),
            'i' => Keep(Options with { Relay = Options.Relay with { IndependentTimeouts = true } }),
            'L' => ReadDescriptorLimit(argument),
            'l' => Keep(Options with { Listen = Options.Listen.Add(new(IsIPv6: false, argument)) }),
            'M' => ReadPort(argument, "max", port => Options with { PortMax = port }),
            'm' => ReadPort(argument, "min", port => Options with { PortMin = port }),
            'n' => ReadNotifySocket(argument),
            'P' => Keep(Options with { Relay = Options.Relay with { RecordPcap = true } }),
            'p' => Keep(Options with { PidFile = argument }),
            'R' => Keep(Options with { Relay = Options.Relay with { SkipRtcpRecording = true } }),
            'r' => Keep(Options with { RecordingDirectory = argument }),
            'S' => Keep(Options with { SpoolDirectory = argument }),
            's' => ReadControlSocket(argument),
            'T' => ReadTtl(argument),
            't' => ReadTos(argument),
            'u' => ReadRunAs(argument),
            'W' => ReadSetupTtl(argument),
            'w' => ReadSocketMode(argument),
            _ => ReadLong(option.Code, argument),
        };
    }

    private string? ReadLong(int code, string argument)
    {
        return code switch
        {
            OptionTable.Admin => ReadAdminSocket(argument),
            OptionTable.AllowMediaTo => ReadAllowedMedia(argument),
            OptionTable.BridgeSymmetric => Keep(Options with { BridgeSymmetric = true }),
            OptionTable.Cdr => ReadRecordFile(argument),
            OptionTable.Config => Keep(Options with { ConfigurationFile = argument }),
            OptionTable.Dso => ReadModule(argument),
            OptionTable.Dtmf => ReadDigitPayloadType(argument),
            OptionTable.ForceAsymmetric => Keep(Options with { ForceAsymmetric = true }),
            OptionTable.Hep => ReadHepCollector(argument),
            OptionTable.HepId => ReadCaptureId(argument),
            OptionTable.HepReport => ReadCollectorPeriod(argument),
            OptionTable.Http => ReadHttp(argument),
            OptionTable.HttpHost => ReadHostName(argument),
            OptionTable.HttpToken => ReadTokenFile(argument),
            OptionTable.JitterBuffer => ReadJitterBuffer(argument),
            OptionTable.LogDigits => Keep(Options with { LogsDigits = true }),
            OptionTable.Nice => ReadNice(argument),
            OptionTable.NoRedirect => Keep(Options with { KeepOutput = true }),
            OptionTable.NoResolve => Keep(Options with { NoResolve = true }),
            OptionTable.Otlp => ReadCollector(argument),
            OptionTable.OverloadProtection => Keep(Options with { OverloadProtection = true }),
            OptionTable.Workers => ReadWorkers(argument),
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "An option of the table that nobody reads."),
        };
    }

    private string? Keep(DaemonOptions options)
    {
        Options = options;
        return null;
    }

    private string? ReadAdvertised(string argument)
    {
        int slash = argument.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? argument : argument[..slash];
        string? second = slash < 0 ? null : argument[(slash + 1)..];
        return (first, second) switch
        {
            ("", _) => "first advertised address is invalid",
            (_, "") => "second advertised address is invalid",
            _ => Keep(Options with { Advertised = new(first, second) }),
        };
    }

    private string? ReadScheduling(string argument)
    {
        return argument switch
        {
            "fifo" => Keep(Options with { Scheduling = SchedulingPolicy.FirstInFirstOut }),
            "rr" => Keep(Options with { Scheduling = SchedulingPolicy.RoundRobin }),
            _ => $"{argument}: unknown scheduling policy",
        };
    }

    private string? ReadLog(string argument)
    {
        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        string levelName = colon < 0 ? argument : argument[..colon];
        if (colon >= 0)
        {
            string facilityName = argument[(colon + 1)..];
            if (LogNames.FindFacility(facilityName) is not { } facility)
            {
                return $"{facilityName}: invalid log facility";
            }

            Options = Options with { LogFacility = facility };
        }

        return LogNames.FindLevel(levelName) is { } level
            ? Keep(Options with { LogLevel = level })
            : $"{levelName}: invalid log level";
    }

    private string? ReadRunAs(string argument)
    {
        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        string? userName = colon < 0 ? argument : colon == 0 ? null : argument[..colon];
        string? groupName = colon < 0 ? null : argument[(colon + 1)..];
        (uint UserId, uint GroupId)? user = userName is null ? null : names.FindUser(userName);
        if (userName is not null && user is null)
        {
            return $"can't find ID for the user: {userName}";
        }

        uint? group = groupName is null ? user?.GroupId : names.FindGroup(groupName);
        return group is { } groupId
            ? Keep(Options with { RunAs = new(userName, user?.UserId, groupId, NamesGroup: groupName is not null) })
            : $"can't find ID for the group: {groupName}";
    }

    private string? ReadControlSocket(string argument)
    {
        return ControlSocketText.ExplainDoubt(argument) is { } doubt
            ? $"{argument}: invalid control socket: {doubt}"
            : Keep(Options with { ControlSockets = Options.ControlSockets.Add(ControlSocketText.Parse(argument)) });
    }

    private string? ReadAdminSocket(string argument)
    {
        const string Kind = "unix";
        SocketText text = SocketText.Split(argument, [Kind]);
        bool isPath = text.Kind == Kind || MistypedScheme.Explain(argument, [Kind], addressScheme: Kind) is null;
        return isPath && text.Rest.Length > 0
            ? Keep(Options with { AdminSocket = text.Rest })
            : $"{argument}: invalid admin socket: expected unix:PATH";
    }

    private string? ReadNotifySocket(string argument)
    {
        string? fault = NotifySocketReader.Read(argument, Options.NotifySockets, names, out NotifySocket? socket);
        return fault ?? Keep(Options with { NotifySockets = Options.NotifySockets.Add(socket!) });
    }

    private string? ReadAllowedMedia(string argument) => AddressBlock.TryParse(argument, out AddressBlock block)
        ? Keep(Options with { AllowedMedia = Options.AllowedMedia.Add(block) })
        : $"{argument}: not a block of addresses, such as 127.0.0.0/8 or fd00::/8";

    private string? ReadRecordFile(string argument) => argument.Length > 0
        ? Keep(Options with { RecordFile = argument })
        : "the name of the file for call records (--cdr) is empty";

    private string? ReadHepCollector(string argument) => HepText.Read(argument, names, out HepTarget? collector) is { } fault
        ? $"--hep {fault}"
        : Keep(Options with { Collectors = Options.Collectors.Add(collector!) });

    private string? ReadModule(string argument)
    {
        if (ModuleName.Find(argument, out BuiltInModule module) is { } fault)
        {
            return fault;
        }

        return module == BuiltInModule.AcctRtcpHep
            ? $"{argument}: dymanic module requires configuration, cannot be loaded via --dso option"
            : Keep(Options with { Modules = Options.Modules.Add(new(module)) });
    }
}
