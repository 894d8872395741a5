using RtpProxy.Daemon.Configuration;
using RtpProxy.Hosting;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Io.Posix.Processes;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay.Destinations;

namespace RtpProxy.Daemon.Options;

/// <summary>Takes option after option into a <see cref="DaemonOptions"/>; who returns a text says what is wrong with the argument.</summary>
/// <remarks>Lives while one command line is read; not thread-safe.</remarks>
internal sealed partial class OptionReader(ISystemNames names)
{
    /// <summary>What was read so far.</summary>
    public DaemonOptions Options { get; private set; } = new();

    /// <summary>Takes a value that cannot be wrong.</summary>
    /// <returns>Null: nothing is wrong.</returns>
    public string? Keep(Func<DaemonOptions, DaemonOptions> change) => Keep(change(Options));

    public string? ReadListen(string argument, bool isIPv6) =>
        Keep(Options with { Listen = Options.Listen.Add(new(isIPv6, argument)) });

    public string? ReadAdvertised(string argument)
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

    public string? ReadScheduling(string argument)
    {
        return argument switch
        {
            "fifo" => Keep(Options with { Scheduling = SchedulingPolicy.FirstInFirstOut }),
            "rr" => Keep(Options with { Scheduling = SchedulingPolicy.RoundRobin }),
            _ => $"{argument}: unknown scheduling policy",
        };
    }

    public string? ReadLog(string argument)
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

    public string? ReadRunAs(string argument)
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

    public string? ReadControlSocket(string argument)
    {
        return ControlSocketText.ExplainDoubt(argument) is { } doubt
            ? $"{argument}: invalid control socket: {doubt}"
            : Keep(Options with { ControlSockets = Options.ControlSockets.Add(ControlSocketText.Parse(argument)) });
    }

    public string? ReadAdminSocket(string argument)
    {
        const string Kind = "unix";
        SocketText text = SocketText.Split(argument, [Kind]);
        bool isPath = text.Kind == Kind || MistypedScheme.Explain(argument, [Kind], addressScheme: Kind) is null;
        return isPath && text.Rest.Length > 0
            ? Keep(Options with { AdminSocket = text.Rest })
            : $"{argument}: invalid admin socket: expected unix:PATH";
    }

    public string? ReadNotifySocket(string argument)
    {
        string? fault = NotifySocketReader.Read(argument, Options.NotifySockets, names, out NotifySocket? socket);
        return fault ?? Keep(Options with { NotifySockets = Options.NotifySockets.Add(socket!) });
    }

    public string? ReadAllowedMedia(string argument) => AddressBlock.TryParse(argument, out AddressBlock block)
        ? Keep(Options with { AllowedMedia = Options.AllowedMedia.Add(block) })
        : $"{argument}: not a block of addresses, such as 127.0.0.0/8 or fd00::/8";

    public string? ReadRecordFile(string argument) => argument.Length > 0
        ? Keep(Options with { RecordFile = argument })
        : "the name of the file for call records (--cdr) is empty";

    public string? ReadHepCollector(string argument) => HepText.Read(argument, names, out HepTarget? collector) is { } fault
        ? $"--hep {fault}"
        : Keep(Options with { Collectors = Options.Collectors.Add(collector!) });

    public string? ReadModule(string argument)
    {
        if (ModuleName.Find(argument, out BuiltInModule module) is { } fault)
        {
            return fault;
        }

        return module == BuiltInModule.AcctRtcpHep
            ? $"{argument}: dymanic module requires configuration, cannot be loaded via --dso option"
            : Keep(Options with { Modules = Options.Modules.Add(new(module)) });
    }

    private string? Keep(DaemonOptions options)
    {
        Options = options;
        return null;
    }
}
