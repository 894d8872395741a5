using System.Net;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Hosting;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Daemon.Options;

/// <summary>The checks that need all options together, and the values derived from them (control protocol, section 10.2).</summary>
internal static class OptionChecks
{
    private const string DefaultControlSocket = "unix:/var/run/rtpproxy.sock";

    /// <summary>Fills in defaults and adjusts the ports.</summary>
    /// <param name="settings">Where the options come from.</param>
    /// <param name="isSuperuser">The process runs with user id 0.</param>
    /// <param name="warnings">What may be meant, and hardly is, is added to them: sentences.</param>
    /// <param name="complete">The options to run with; meaningful only without a fault.</param>
    public static StartFault? Complete(
        DaemonOptions options, Settings settings, bool isSuperuser, List<string> warnings, out DaemonOptions complete)
    {
        complete = options with
        {
            ControlSockets = options.ControlSockets.IsEmpty
                ? [ControlSocketText.Parse(DefaultControlSocket)]
                : options.ControlSockets,
            PortMin = options.PortMin + (options.PortMin % 2),
            PortMax = HighestPair(options.PortMax),
            Workers = options.Workers ?? Environment.ProcessorCount,
        };

        return CheckTogether(complete, settings)
            ?? CheckSuperuser(complete, settings, isSuperuser, warnings)
            ?? CheckPorts(complete, settings, warnings)
            ?? WarnOfUseless(complete, settings, warnings)
            ?? WarnOfFiles(settings, warnings)
            ?? WarnOfMode(complete, settings, warnings);
    }

    // The highest even port that leaves room for its odd partner below the limit.
    private static int HighestPair(int portMax) => portMax % 2 == 0 ? portMax - 2 : portMax - 1;

    private static StartFault? CheckTogether(DaemonOptions options, Settings settings)
    {
        if (options.SpoolDirectory is not null && options.RecordingDirectory is null)
        {
            return settings.Refuse("spool-dir", new("-r as well, where recordings end up", "there is no directory for recordings"));
        }

        if (CheckWatcher(options, settings) is { } unwatched)
        {
            return unwatched;
        }

        if (CheckPaths(options, settings) is { } clash)
        {
            return clash;
        }

        if (options.ControlSockets.FirstOrDefault(socket => socket.IsStdio) is not { } stdio)
        {
            return null;
        }

        ValueFault? fault = options switch
        {
            { IsKept: true } => new("another kind of socket, or no --keep", "whoever is at its other end would see each relay of a keeper end"),
            { Foreground: false } => new("-f as well", "in the background there is no standard input"),
            _ => null,
        };
        return fault is null ? null : StartFault.Of(settings.Of(stdio).Refuse(fault));
    }

    private static StartFault? CheckWatcher(DaemonOptions options, Settings settings)
    {
        if (options.Watcher is { Http: null, NgHttp: null } && (settings.Find("http-token") ?? settings.Find("http-host")) is { } alone)
        {
            return StartFault.Of(alone.Refuse(new("--http ADDRESS:PORT as well", "nothing is served over HTTP")));
        }

        if (options.Watcher.NgHttp is not null && !options.ControlSockets.Any(IsNgOverUdp))
        {
            return settings.Refuse("ng-http", new("--ng udp:[HOST:]PORT as well", "there is no socket that the commands could go on to"));
        }

        if (CheckWatcherAddresses(options, settings) is { } clash)
        {
            return clash;
        }

        (string option, IPEndPoint? open) = options.Watcher.Listening.FirstOrDefault(listening => !IPAddress.IsLoopback(listening.Address.Address));
        return open is null || options.Watcher.TokenFile is not null
            ? null
            : settings.Refuse(option, new("--http-token FILE as well, or a loopback address", "that can be reached from other hosts"));
    }

    // Whichever comes first has the port; a watcher would be started again and again, and the start fail then.
    private static StartFault? CheckWatcherAddresses(DaemonOptions options, Settings settings)
    {
        List<(IPEndPoint Address, Setting Setting)> taken =
            [.. options.ControlSockets.Select(socket => (AddressOf(socket)!, settings.Of(socket))).Where(pair => pair.Item1 is not null)];
        foreach ((string option, IPEndPoint address) in options.Watcher.Listening)
        {
            if (taken.Find(other => Overlap(other.Address, address)).Setting is { } other)
            {
                return settings.Refuse(option, new("an address and port of its own", other.Shown));
            }

            taken.Add((address, settings.Of(option)));
        }

        return null;
    }

    // Of connections, and as far as it is told by numbers; what names stand for is found when it is opened.
    private static IPEndPoint? AddressOf(ControlSocketAddress socket)
    {
        IPAddress? every = socket.Kind switch
        {
            ControlSocketKind.Tcp => IPAddress.Any,
            ControlSocketKind.Tcp6 => IPAddress.IPv6Any,
            _ => null,
        };
        return every is not null && ushort.TryParse(socket.Port, out ushort port)
            && (socket.Host == "*" ? every : IPAddress.TryParse(socket.Host, out IPAddress? host) ? host : null) is { } address
            ? new IPEndPoint(address, port)
            : null;
    }

    private static bool Overlap(IPEndPoint one, IPEndPoint other) =>
        one.Port == other.Port && one.Port != 0 && one.AddressFamily == other.AddressFamily
        && (one.Address.Equals(other.Address) || new LocalAddress(one.Address).IsWildcard || new LocalAddress(other.Address).IsWildcard);

    private static bool IsNgOverUdp(ControlSocketAddress address) => address is { Language: ControlLanguage.Ng, IsDatagram: true };

    // Whichever is made last would find, or take, what was made for the other.
    private static StartFault? CheckPaths(DaemonOptions options, Settings settings)
    {
        Dictionary<string, Setting> taken = [];
        foreach (ControlSocketAddress socket in options.ControlSockets.Where(socket => socket.IsUnix))
        {
            taken.TryAdd(CurrentDirectory.Resolve(socket.Path), settings.Of(socket));
        }

        foreach ((string name, string? file) in new[]
        {
            ("admin", options.AdminSocket), ("pid-file", options.PidFile), ("cdr", options.RecordFile),
        })
        {
            if (file is not null && !taken.TryAdd(CurrentDirectory.Resolve(file), settings.Of(name)))
            {
                return settings.Refuse(name, new("a path of its own", $"{taken[CurrentDirectory.Resolve(file)].Shown}"));
            }
        }

        return null;
    }

    private static StartFault? CheckSuperuser(DaemonOptions options, Settings settings, bool isSuperuser, List<string> warnings)
    {
        if (!isSuperuser || options.AllowSuperuser || options.RunAs?.UserId is not null)
        {
            return null;
        }

        const string Expected = "-u USER as well, to run as another user, or -F to run as superuser all the same";
        if (options.ControlSockets.FirstOrDefault(socket => socket.IsDatagram) is { } remote)
        {
            return StartFault.Of(settings.Of(remote).Refuse(
                new(Expected, "whoever can send a datagram there would command a program of the superuser's")));
        }

        warnings.Add($"this program runs as superuser, which whoever commands it could use; expected {Expected}");
        return null;
    }

    private static StartFault? CheckPorts(DaemonOptions options, Settings settings, List<string> warnings)
    {
        const string Expected = "room for two pairs at least, of an even port and the next, as a call takes two";
        string given = settings.Of("min-port").Shown;
        if (options.PortMin > options.PortMax)
        {
            return settings.Refuse("max-port", new(Expected, $"{given}, which leaves no room for media"));
        }

        if (options.PortMin == options.PortMax)
        {
            warnings.Add(settings.Of("max-port").Refuse(
                new(Expected, $"{given}: no call fits whose parties are both at one of our addresses")));
        }

        return null;
    }

    /// <summary>Options that do nothing without another.</summary>
    private static StartFault? WarnOfUseless(DaemonOptions options, Settings settings, List<string> warnings)
    {
        Warn(
            options.RecordingDirectory is null,
            new("-r as well, where recordings end up", "there is no directory for recordings, so there are none"),
            "record-all", "record-pcap", "record-no-rtcp");
        Warn(options.Collectors.IsEmpty, new("--hep as well, which names a collector", "there is no collector"), "hep-id", "hep-report");
        Warn(
            options.ControlSockets.All(socket => socket.Language != ControlLanguage.Ng),
            new("--ng as well", "there are no calls of the ng protocol"),
            "ng-sip-source", "ng-delete-delay", "silent-timeout", "dtmf-log-dest", "b2b-url");
        Warn(options.Teardown is null, new("--b2b-url as well, which names who is asked", "nobody is asked to end calls"), "xmlrpc-format");
        return null;

        void Warn(bool isUseless, ValueFault fault, params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
            {
                if (isUseless && settings.Find(name) is { Argument: not "false" } given)
                {
                    warnings.Add(given.Refuse(fault));
                }
            }
        }
    }

    /// <summary>One file of options and one of modules are read, the last of each.</summary>
    private static StartFault? WarnOfFiles(Settings settings, List<string> warnings)
    {
        foreach (IGrouping<bool, Setting> files in settings.All("config").GroupBy(setting => TomlFile.IsNamed(setting.Argument ?? "")))
        {
            foreach (Setting ignored in files.SkipLast(1))
            {
                warnings.Add(ignored.Refuse(new(
                    "one file of either form", $"'{files.Last().Argument}' is named after it and counts alone")));
            }
        }

        return null;
    }

    private static StartFault? WarnOfMode(DaemonOptions options, Settings settings, List<string> warnings)
    {
        const int Usual = 0x1FF; // octal 0777: the other bits mean nothing for a socket
        if (settings.Find("socket-mode") is { } given && options.SocketMode is { } bits)
        {
            int mode = (int)bits;
            string octal = "0" + Convert.ToString(mode, 8);
            if (mode > Usual)
            {
                warnings.Add(given.Refuse(new("an octal number with a leading zero, such as 0660", $"that is octal {octal}")));
            }
            else if (!bits.HasFlag(UnixFileMode.UserWrite))
            {
                warnings.Add(given.Refuse(new("a mode that lets somebody write, such as 0660", $"with {octal} the owner cannot command it")));
            }
        }

        return null;
    }
}
