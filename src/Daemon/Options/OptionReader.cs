using System.Net;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Hosting;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Io.Posix.Processes;
using RtpProxy.Relay.Destinations;

namespace RtpProxy.Daemon.Options;

/// <summary>
/// Takes option after option into a <see cref="DaemonOptions"/>. Every method takes an argument, and returns what is wrong with it
/// or null.
/// </summary>
/// <remarks>Lives while one command line is read; not thread-safe.</remarks>
internal sealed partial class OptionReader(ISystemNames names)
{
    /// <summary>What was read so far.</summary>
    public DaemonOptions Options { get; private set; } = new();

    /// <summary>Takes an option as it was given.</summary>
    public ValueFault? Read(Setting setting)
    {
        return (setting.Option.Value, setting.Argument) switch
        {
            // What a file switches on is switched off so.
            (OptionValue.Switch or OptionValue.SwitchOrNumber, "false") => null,
            (OptionValue.Switch or OptionValue.SwitchOrNumber, "true") => setting.Option.Read!(this, ""),
            (OptionValue.Switch, not null) => new("true or false, or no value at all"),
            (_, ['-', ..] path) when setting.Option.Path != OptionPath.None =>
                new($"./{path} if that is its name", "it begins like an option, so a value may be missing before it"),
            (OptionValue.SwitchOrNumber, "") => new($"{setting.Place} alone, or {setting.Place}={setting.Option.Argument}"),
            _ => setting.Option.Read!(this, setting.Argument ?? ""),
        };
    }

    /// <summary>Takes what cannot be wrong.</summary>
    public ValueFault? Keep(Func<DaemonOptions, DaemonOptions> change) => Keep(change(Options));

    /// <summary>Takes the path of a file or directory.</summary>
    /// <param name="what">What it is, for the message.</param>
    public ValueFault? ReadPath(string argument, string what, Func<DaemonOptions, string, DaemonOptions> change) =>
        argument.Length > 0 && !argument.Contains('\0', StringComparison.Ordinal)
            ? Keep(change(Options, argument))
            : new($"the path of {what}");

    public ValueFault? ReadListen(string argument, bool isIPv6) =>
        Keep(Options with { Listen = Options.Listen.Add(new(isIPv6, argument)) });

    public ValueFault? ReadAdvertised(string argument)
    {
        int slash = argument.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? argument : argument[..slash];
        string? second = slash < 0 ? null : argument[(slash + 1)..];
        return AdvertisedText.Check(first)
            ?? (second is null ? null : AdvertisedText.Check(second))
            ?? Keep(Options with { Advertised = new(first, second) });
    }

    public ValueFault? ReadScheduling(string argument)
    {
        return argument switch
        {
            "fifo" => Keep(Options with { Scheduling = SchedulingPolicy.FirstInFirstOut }),
            "rr" => Keep(Options with { Scheduling = SchedulingPolicy.RoundRobin }),
            _ => new("fifo or rr"),
        };
    }

    public ValueFault? ReadLog(string argument)
    {
        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        string levelName = colon < 0 ? argument : argument[..colon];
        if (LogNames.FindLevel(levelName) is not { } level)
        {
            return new("DBUG, INFO, WARN, ERR or CRIT, and a facility behind a colon if one is wanted, as INFO:LOCAL0");
        }

        if (colon >= 0)
        {
            string facilityName = argument[(colon + 1)..];
            if (LogNames.FindFacility(facilityName) is not { } facility)
            {
                return new($"one of {LogNames.Facilities}", $"there is no facility '{facilityName}'");
            }

            Options = Options with { LogFacility = facility };
        }

        return Keep(Options with { LogLevel = level });
    }

    public ValueFault? ReadRunAs(string argument)
    {
        const string Expected = "USER, USER:GROUP or :GROUP";
        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        string? userName = colon < 0 ? argument : colon == 0 ? null : argument[..colon];
        string? groupName = colon < 0 ? null : argument[(colon + 1)..];
        (uint UserId, uint GroupId)? user = userName is null ? null : names.FindUser(userName);
        if (userName is not null && user is null)
        {
            return new(Expected, $"there is no user '{userName}'");
        }

        uint? group = groupName is null ? user?.GroupId : names.FindGroup(groupName);
        return group is { } groupId
            ? Keep(Options with { RunAs = new(userName, user?.UserId, groupId, NamesGroup: groupName is not null) })
            : new(Expected, $"there is no group '{groupName}'");
    }

    public ValueFault? ReadControlSocket(string argument)
    {
        if (ControlSocketText.ExplainDoubt(argument) is { } doubt)
        {
            return new(ControlSocketText.Forms, doubt);
        }

        ControlSocketAddress address = ControlSocketText.Parse(argument);
        ValueFault? fault = address.IsUnix
            ? UnixPath.Check(address.Path)
            : address is { Port.Length: > 0, Host.Length: 0 }
                ? new($"{address.Name}:HOST or {address.Name}:HOST:PORT, where HOST may be *", "no host is named") : null;
        return fault ?? Add(address);
    }

    public ValueFault? ReadNgSocket(string argument)
    {
        if (!NgSocketText.TryParse(argument, out ControlSocketAddress? address))
        {
            return new(NgSocketText.Forms);
        }

        return Add(address);
    }

    public ValueFault? ReadNotifySocket(string argument)
    {
        ValueFault? fault = NotifySocketReader.Read(argument, Options.NotifySockets, names, out NotifySocket? socket);
        return fault ?? Keep(Options with { NotifySockets = Options.NotifySockets.Add(socket!) });
    }

    public ValueFault? ReadAllowedMedia(string argument) => AddressBlock.TryParse(argument, out AddressBlock block)
        ? Keep(Options with { AllowedMedia = Options.AllowedMedia.Add(block) })
        : new("a block of addresses, such as 127.0.0.0/8 or fd00::/8");

    public ValueFault? ReadHepCollector(string argument)
    {
        ValueFault? fault = HepText.Read(argument, names, out HepTarget? collector);
        return fault
            ?? (Options.Collectors.Any(other => other.Name == collector!.Name)
                ? new("each collector once", "that collector is named before it")
                : Keep(Options with { Collectors = Options.Collectors.Add(collector!) }));
    }

    public ValueFault? ReadModule(string argument)
    {
        if (ModuleName.Find(argument, out BuiltInModule module) is { } reason)
        {
            return new(ModuleName.Known, reason);
        }

        return module == BuiltInModule.AcctRtcpHep
            ? new("--hep udp:HOST:PORT, or a section of the file of --config", "that module has to be told where its collector is")
            : Keep(Options with { Modules = Options.Modules.Add(new(module)) });
    }

    private ValueFault? Add(ControlSocketAddress socket)
    {
        if (IPAddress.TryParse(socket.Host, out IPAddress? host) && BindAddressReader.IsForMany(host))
        {
            return new("an address of this host", $"{host} is an address of many hosts");
        }

        return Options.ControlSockets.Any(other => AreSame(other, socket))
            ? new("each socket once", "that socket is named before it")
            : Keep(Options with { ControlSockets = Options.ControlSockets.Add(socket) });
    }

    private static bool AreSame(ControlSocketAddress one, ControlSocketAddress other) => (one, other) switch
    {
        ({ IsUnix: true }, { IsUnix: true }) => CurrentDirectory.Resolve(one.Path) == CurrentDirectory.Resolve(other.Path),
        ({ IsStdio: true }, { IsStdio: true }) => true,
        _ => one.Kind == other.Kind && one.Port == other.Port
            && (one.Host == other.Host || ((IsEvery(one.Host) || IsEvery(other.Host)) && one.Port != "0")), // every address is this one too
    };

    private static bool IsEvery(string host) => host is "*" or "0.0.0.0" or "::";

    private ValueFault? Keep(DaemonOptions options)
    {
        Options = options;
        return null;
    }
}
