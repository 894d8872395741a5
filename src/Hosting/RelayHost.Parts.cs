using System.ComponentModel;
using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Admin;
using RtpProxy.Hosting.Commands;
using RtpProxy.Hosting.Journal;
using RtpProxy.Hosting.Keeping;
using RtpProxy.Hosting.Load;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.Engines;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Storage;
using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Hosting;

/// <content>What a relay is made of, and how it is put together.</content>
public sealed partial class RelayHost
{
    private readonly RelayHostOptions _options;
    private readonly RepeatedFaults _faults;
    private readonly ILogger _logger;
    private readonly IEngine<RelayCore>[] _engines;
    private readonly RelayWorker[] _workers;
    private readonly WorkerLinks _links;
    private readonly HostAddresses _hostAddresses;
    private readonly PortDirectory _directory;
    private readonly Audience _audience;
    private readonly RecordingStore _recordings;
    private readonly RelayOperations _operations;
    private readonly ErrandRouter _router;
    private readonly ControlPlane _control;
    private readonly Standstill _standstill;
    private readonly KeptState? _kept;
    private readonly Inheritance _inheritance;
    private readonly KeptSockets? _keptSockets;

    /// <exception cref="Win32Exception">The process may open no more descriptors.</exception>
    public RelayHost(RelayHostOptions options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.DigitCatchers, RelayOptions.MaxDigitCatchers, nameof(options));
        _options = options;
        _faults = new RepeatedFaults(loggers.CreateLogger("RtpProxy.Io"), RepeatedFaults.UsualInterval, TimeProvider.System);
        _logger = _faults;

        _kept = options.Continuity is { } continuity ? new KeptState(continuity, options.Workers, _logger) : null;
        int workers = _kept?.Workers ?? options.Workers;
        if (workers != options.Workers && options.Continuity is { Start: RelayStart.AfterDeath })
        {
            Log.WorkersStay(_logger, workers, options.Workers);
        }

        DescriptorWatch.RaiseLimit(_logger);
        EngineCapabilities capabilities = EngineCapabilities.Probe();
        Descriptors = capabilities.Descriptors;
        var addresses = new LocalAddressBook(options.Addresses);
        _hostAddresses = new HostAddresses(options.Addresses.Entries, options.AllowedMedia);
        _hostAddresses.Protect(Audience.EndPointsOf(options));
        _directory = new PortDirectory(_hostAddresses, PortsOfPair * (options.Continuity?.Legacies.Count ?? 0));
        var range = new PortRange(options.PortMin, options.PortMax, options.PortOrder);
        var engines = new EngineFactory(
            capabilities,
            range,
            addresses,
            _logger,
            options.OnWorkerThreadStart,
            options.Continuity?.Keeper,
            options.Continuity?.Legacies);
        _engines = [.. Enumerable.Range(0, workers).Select(engines.Create<RelayCore>)];
        Mailbox[] mailboxes = [.. _engines.Select(engine => engine.Mailbox)];

        _links = new WorkerLinks(mailboxes);
        _recordings = new RecordingStore(options.RecordingDirectory, options.SpoolDirectory, _logger);
        var clock = new WallClock();
        _audience = new Audience(options, workers, clock, _logger);
        _workers = MakeWorkers();

        var prompts = new PromptLibrary(_logger);
        _inheritance = new Inheritance(_engines, _recordings, prompts, _audience.Notifier);
        _operations = new RelayOperations(
            addresses,
            options.Relay,
            workers,
            _audience.Notifier,
            _recordings,
            prompts,
            new NameResolver(options.IsNumericOnly),
            () => SessionCount,
            clock.Microseconds);
        _router = new ErrandRouter(mailboxes, _logger);
        CommandMeter? meter = options.Admin is null ? null : new CommandMeter();
        _keptSockets = options.Continuity is null ? null : new KeptSockets(options.Continuity.Keeper, options.Continuity.Legacies);
        _control = new ControlPlane(
            options, _operations, _router, range, new OpenMediaPorts(range, _hostAddresses), _keptSockets, clock, meter, _logger);
        _standstill = new Standstill(mailboxes, _control.Loop, _control.Commands);
        if (options.Admin is { } admin)
        {
            Admin = new AdminService(
                new AdminSources
                {
                    Host = this,
                    Ports = range,
                    Addresses = options.Addresses.Entries.Select(entry => entry.Address).Distinct().Count(),
                    Audience = _audience,
                    Commands = meter!,
                    Clock = clock,
                },
                admin,
                _logger);
        }
    }

    private RelayWorker[] MakeWorkers()
    {
        Instant start = MonotonicClock.Now;
        return [.. _engines.Select((engine, index) => new RelayWorker(
            index,
            _options.Relay,
            new RelayWorld
            {
                Ports = engine.Ports,
                Directory = _directory,
                Events = _audience.Events,
                Links = _links,
                Slots = _kept?.SlotsOf(index),
                RtcpWitness = _audience.RtcpWitnessOf(index),
                Random = new Random(),
            },
            start))];
    }
}
