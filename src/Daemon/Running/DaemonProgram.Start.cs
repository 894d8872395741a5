using System.ComponentModel;
using System.Net;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Keeping;
using RtpProxy.Daemon.Options;
using RtpProxy.Daemon.Watching;
using RtpProxy.Hosting;
using RtpProxy.Hosting.Admin;
using RtpProxy.Hosting.Keeping;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Posix.Processes;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Daemon.Running;

/// <summary>Start-up, in the order in which its steps are promised. The first fault ends it.</summary>
internal sealed partial class DaemonProgram
{
    // The original's name for it, in the directory of the start.
    private const string CsvFile = "rtpproxy_acct.csv";

    // A watcher serves within a fraction of a second.
    private static readonly TimeSpan WatcherPatience = TimeSpan.FromSeconds(5);

    private StartFault? Start()
    {
        return CheckOptions()
            ?? OpenFiles.SetLimit(_options, _settings)
            ?? WaitForKeeper()
            ?? FindWatcher()
            ?? OpenHost()
            ?? GoToBackground()
            ?? SetScheduling()
            ?? OpenPidFile()
            ?? DropPrivileges()
            ?? Prepare()
            ?? StartHost()
            ?? TellKeeper()
            ?? StartWatcher()
            ?? Finish();
    }

    private static int DigitCatchersOf(DaemonOptions options) =>
        options.Modules.Count(module => module.Module == BuiltInModule.CatchDtmf);

    private StartFault? CheckOptions()
    {
        List<string> warnings = [];
        StartFault? fault =
            ConfigurationFile.AddModules(_settings, _texts, _names, warnings, ref _options)
            ?? OptionChecks.Complete(_options, _settings, ProcessIdentity.IsSuperuser, warnings, out _options)
            ?? BindAddressReader.Read(_options, _settings, _names, warnings, out _addresses);
        foreach (string warning in fault is null ? warnings : [])
        {
            Log.Doubtful(_logger, warning);
        }

        foreach (string path in _texts.Changed)
        {
            Log.ChangeWaits(_logger, path);
        }

        return fault;
    }

    private StartFault? FindWatcher()
    {
        if (!_options.Watcher.IsWanted)
        {
            return null;
        }

        _watcherProgram = WatcherProgram.Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable("PATH"));
        if (_begin is { Start: RelayStart.AfterDeath })
        {
            _watcherProgram ??= Path.Combine(AppContext.BaseDirectory, WatcherProgram.Name); // calls wait, and it may come back
        }

        return _watcherProgram is null ? WatcherProgram.Check(_settings) : null;
    }

    private StartFault? OpenHost()
    {
        try
        {
            _host = new RelayHost(
                ToHostOptions(_options, _addresses!) with { Admin = AdminOf(_options), Continuity = ContinuityOf(_kept, _begin) },
                _loggers);
            _host.OpenControlSockets(_signals.StopToken);
            return null;
        }
        catch (ControlSocketException e)
        {
            return SocketFault.Of(e, _settings);
        }
        catch (Win32Exception e)
        {
            return StartFault.Of($"can't start the packet workers: {e.Message}");
        }
    }

    private static RelayHostOptions ToHostOptions(DaemonOptions options, BindAddresses addresses)
    {
        bool isAsymmetric = options.ForceAsymmetric || (addresses.IsBridging && !options.BridgeSymmetric);
        return new RelayHostOptions
        {
            Relay = options.Relay with { AsymmetricByDefault = isAsymmetric },
            Addresses = addresses,
            ControlSockets = options.ControlSockets,
            Ng = options.Ng,
            NotifySockets = options.NotifySockets,
            AllowedMedia = options.AllowedMedia,
            PortMin = options.PortMin,
            PortMax = options.PortMax,
            PortOrder = options.SequentialPorts ? PortOrder.Ascending : PortOrder.Random,
            LogsDigits = options.LogsDigits,
            Load = options.Load,
            Teardown = options.Teardown is { } teardown ? teardown with { Format = options.TeardownFormat } : null,
            IsNumericOnly = options.NoResolve,
            Workers = options.Workers ?? 1,
            RecordingDirectory = options.RecordingDirectory,
            SpoolDirectory = options.SpoolDirectory,
            DigitCatchers = Math.Max(1, DigitCatchersOf(options)),
            CsvFile = options.Modules.Any(module => module.Module == BuiltInModule.AcctCsv) ? CurrentDirectory.Resolve(CsvFile) : null,
            ReturnsMemory = true,
            JsonFile = options.RecordFile is { } file ? CurrentDirectory.Resolve(file) : null,
            CollectorPeriod = options.CollectorPeriodSeconds > 0 ? TimeSpan.FromSeconds(options.CollectorPeriodSeconds) : null,
            Collectors =
            [
                .. options.Modules.Select(module => module.Collector).OfType<HepTarget>(),
                .. options.Collectors.Select(collector => collector with { CaptureId = options.CaptureId }),
            ],
            UnixSocketAccess = new(options.RunAs?.UserId, options.RunAs?.GroupId, (uint?)SocketModeOf(options)),
        };
    }

    private static UnixFileMode? SocketModeOf(DaemonOptions options) =>
        options.SocketMode ?? (options.RunAs is { NamesGroup: true } ? DaemonOptions.DefaultSocketMode : null);

    private AdminOptions? AdminOf(DaemonOptions options) => options.AdminSocket is null && !options.Watcher.IsWanted
        ? null
        : new AdminOptions
        {
            ProgramVersion = ProgramVersion.Text,
            SocketPath = options.AdminSocket,
            Access = new(options.RunAs?.UserId, options.RunAs?.GroupId, AdminOptions.DefaultMode),
            EventsLost = () => [("log", _logWriter.Lost)],
            Keeper = ContactOf(_kept, _begin),
        };

    private static Continuity? ContinuityOf(KeptLife? kept, KeeperMessage.Begin? begin) => kept is null || begin is null
        ? null
        : new Continuity { Keeper = kept.Keeper, Legacies = kept.Legacies, Start = begin.Start };

    // A keeper has gone there before us, and is what leaves the terminal.
    private StartFault? GoToBackground()
    {
        if (_options.Foreground)
        {
            return null;
        }

        if (_handOver is not null)
        {
            HandOver.Detach();
        }

        if (!_options.KeepDirectory)
        {
            Environment.CurrentDirectory = "/";
        }

        return null;
    }

    private StartFault? SetScheduling()
    {
        if (_options.Nice is { } nice && ThreadScheduling.SetNice(nice) is { } niceFault)
        {
            return _settings.Refuse("nice", new("a priority that this user may set", $"the system says: {niceFault}"));
        }

        if (_options.Scheduling is { } policy && ThreadScheduling.SetRealTime(policy) is { } policyFault)
        {
            Log.SchedulingKept(_logger, policyFault);
        }

        return null;
    }

    private StartFault? OpenPidFile()
    {
        // It is about the keeper, as long as that lives; which has said what is wrong with the file.
        _pidFile = PidFile.Open(_options.PidFile, out string reason);
        if (_pidFile is null && _kept is null)
        {
            Log.PidFileNotOpened(_logger, _options.PidFile, reason);
        }

        return null;
    }

    private StartFault? DropPrivileges()
    {
        if (_options.RunAs is not { } who)
        {
            return null;
        }

        (string, uint)? user = who.UserName is { } name && who.UserId is { } id ? (name, id) : null;
        return ProcessIdentity.Become(user, who.GroupId) is { } fault
            ? _settings.Refuse("user", new("a user and group that this process may become", $"the system says: {fault}"))
            : null;
    }

    private StartFault? StartHost()
    {
        try
        {
            _host!.Start();
            return null;
        }
        catch (IOException e)
        {
            return _settings.Find("cdr") is { } given
                ? StartFault.Of(given.Refuse(new("a file that can be appended to", e.Message)))
                : StartFault.Of($"can't open the file for call records: {e.Message}");
        }
    }

    /// <summary>What makes the watcher end at once, as it was told, is a fault of this start; what else it meets, it may get over.</summary>
    private StartFault? StartWatcher()
    {
        if (_watcherProgram is not { } program)
        {
            return null;
        }

        _watcher = new WatcherKeeper(program, _options.Watcher.ArgumentsFor(NgSocket()), _host!.Admin!, _logger);
        _watcher.Start();
        if (_begin is { Start: not RelayStart.First })
        {
            return null; // calls go on whatever becomes of it
        }

        return _watcher.WaitForBegin(WatcherPatience, _signals.StopToken) is { } end ? StartFault.Of(end.Reason ?? $"{end}") : null;
    }

    private IPEndPoint? NgSocket()
    {
        IPEndPoint? bound = _host!.Endpoints.Where(endpoint => endpoint.Address is { Language: ControlLanguage.Ng, IsDatagram: true })
            .Select(endpoint => endpoint.BoundTo as IPEndPoint)
            .FirstOrDefault();
        return bound is not null && new LocalAddress(bound.Address) is { IsWildcard: true, IsIPv6: var isIPv6 }
            ? new IPEndPoint(isIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, bound.Port)
            : bound;
    }

    private StartFault? Finish()
    {
        if (_kept is null)
        {
            _pidFile?.Write(Environment.ProcessId);
        }

        Log.Started(_logger, ProgramVersion.Text, Environment.ProcessId);
        foreach (string line in StartReport.Describe(_options, _addresses!, _host!.Descriptors, isKept: _kept is not null))
        {
            Log.Serving(_logger, line);
        }

        foreach (string warning in StartReport.WarnOfPlaces(_options, _settings))
        {
            Log.Doubtful(_logger, warning);
        }

        if (!_options.Foreground)
        {
            StandardStreams.ConnectToNull(_options.KeepOutput);
            _handOver?.Release();
        }

        _serviceManager.TellReady();
        if (ServiceManager.WatchdogPeriod(Environment.GetEnvironmentVariable, Environment.ProcessId) is { } period)
        {
            _heartbeat = new Heartbeat(
                period, () => _host!.AskAsync(_host.Operations.RollCall()), _serviceManager.TellAlive, _logger);
        }

        return null;
    }
}
