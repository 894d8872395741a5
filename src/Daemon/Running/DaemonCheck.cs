using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Options;
using RtpProxy.Daemon.Watching;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Posix;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Running;

/// <summary>
/// <c>--check</c>: what a start would find out, without one. Nothing is served, made or replaced; a socket that somebody has is no
/// fault, as it mostly is the relay whose next start is checked.
/// </summary>
internal sealed class DaemonCheck
{
    private readonly Settings _settings;
    private readonly ConfigurationTexts _texts;
    private readonly List<string> _warnings = [];
    private readonly List<string> _faults = [];
    private DaemonOptions _options;
    private BindAddresses? _addresses;

    private DaemonCheck(RunDaemon run)
    {
        _options = run.Options;
        _settings = run.Settings;
        _texts = run.Texts;
    }

    /// <summary>Prints what would be served, and what is wrong or doubtful.</summary>
    /// <returns>The exit status.</returns>
    public static int Run(RunDaemon run, ISystemNames names)
    {
        DaemonCheck check = new(run);
        check.Look(names);
        StringBuilder output = new();
        if (check._faults.Count == 0)
        {
            foreach (string line in StartReport.Describe(check._options, check._addresses!, DescriptorLimit.Read(), check._options.IsKept))
            {
                output.Append("rtpproxy: ").Append(line).Append('\n');
            }

            output.Append("rtpproxy: the start would go on from here\n");
        }

        StandardStreams.WriteOutput(Encoding.UTF8.GetBytes(output.ToString()));
        IEnumerable<string> complaints = check._warnings.Select(warning => $"rtpproxy: warning: {warning}\n").Concat(check._faults.Select(fault => $"{fault}\n"));
        StandardStreams.WriteError(Encoding.UTF8.GetBytes(string.Concat(complaints)));
        return check._faults.Count == 0 ? 0 : 1;
    }

    private void Look(ISystemNames names)
    {
        StartFault? fault = ConfigurationFile.AddModules(_settings, _texts, names, _warnings, ref _options)
            ?? OptionChecks.Complete(_options, _settings, ProcessIdentity.IsSuperuser, _warnings, out _options)
            ?? BindAddressReader.Read(_options, _settings, names, _warnings, out _addresses)
            ?? OpenFiles.SetLimit(_options, _settings);
        if (fault is not null)
        {
            Take(fault);
            return;
        }

        if (_options.Watcher.IsWanted)
        {
            Take(WatcherProgram.Check(_settings));
            LookAtWatcher();
        }

        LookAtSockets();
        LookAtFiles();
    }

    private void LookAtSockets()
    {
        ServiceNames services = ServiceNames.OfSystem();
        foreach (ControlSocketAddress address in _options.ControlSockets)
        {
            try
            {
                TellOwner(_settings.Of(address), ControlSocketTrial.Try(address, services, !_options.NoResolve));
                if (address.Kind == ControlSocketKind.Systemd)
                {
                    _warnings.Add($"{_settings.Of(address).Shown}, a socket that systemd passes at the start: it has not been looked at");
                }
            }
            catch (ControlSocketException e)
            {
                Take(SocketFault.Of(address, e, _settings));
            }
        }

        if (_options.AdminSocket is { } path)
        {
            try
            {
                TellOwner(_settings.Of("admin"), ControlSocketTrial.TryPath(path));
            }
            catch (ControlSocketException e)
            {
                Take(SocketFault.Of(e, _settings));
            }
        }
    }

    private void LookAtWatcher()
    {
        foreach ((string option, IPEndPoint address) in _options.Watcher.Listening)
        {
            try
            {
                TellOwner(_settings.Of(option), ControlSocketTrial.TryBind(address, SocketType.Stream));
            }
            catch (SocketException e)
            {
                Take(_settings.Refuse(option, new("an address of this host, and a port that is permitted", $"the system says: {e.Message}")));
            }
        }
    }

    /// <summary>As the user that the daemon would become: this process has nothing else to do any more.</summary>
    private void LookAtFiles()
    {
        Warn("pid-file", _options.PidFile, "a file that can be made");
        if (_options.RunAs is { } who)
        {
            (string, uint)? user = who.UserName is { } name && who.UserId is { } id ? (name, id) : null;
            if (ProcessIdentity.Become(user, who.GroupId) is { } refused)
            {
                Take(_settings.Refuse("user", new("a user and group that this process may become", $"the system says: {refused}")));
                return;
            }
        }

        _warnings.AddRange(StartReport.WarnOfPlaces(_options, _settings));
        if (_options.RecordFile is { } file && DirectoryAccess.ExplainFile(file) is { } reason)
        {
            Take(_settings.Refuse("cdr", new("a file that can be appended to", reason)));
        }

        if (_options.Watcher.TokenFile is { } token)
        {
            LookAtToken(token);
        }
    }

    // What the watcher says of it when it starts.
    private void LookAtToken(string file)
    {
        const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (ConfigurationText.Read(file, out string fault) is null)
        {
            Take(_settings.Refuse("http-token", new("a file with a token", fault)));
        }
        else if (OperatingSystem.IsLinux() && (File.GetUnixFileMode(file) & Others) != 0)
        {
            Take(_settings.Refuse("http-token", new("mode 0600 or 0640", "the file is open to others")));
        }
    }

    private void Warn(string option, string file, string expected)
    {
        if (DirectoryAccess.ExplainFile(file) is { } reason)
        {
            _warnings.Add(_settings.Of(option).Refuse(new(expected, reason)));
        }
    }

    private void TellOwner(Setting setting, string? owner)
    {
        if (owner is not null)
        {
            _warnings.Add($"{setting.Shown}, and {owner} has it now: a start waits for its end, or fails");
        }
    }

    private void Take(StartFault? fault) => _faults.AddRange(fault?.Lines ?? []);
}
