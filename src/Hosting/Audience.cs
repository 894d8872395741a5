using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Admin;
using RtpProxy.Hosting.Digits;
using RtpProxy.Hosting.Hep;
using RtpProxy.Hosting.Journal;
using RtpProxy.Hosting.Records;
using RtpProxy.Hosting.Teardown;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Notices;
using RtpProxy.Relay;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Hosting;

/// <summary>All who are told what the relay decides; they begin and end together.</summary>
/// <remarks>Events come from all workers, which wait for none of them; started and stopped by the host.</remarks>
internal sealed class Audience : IDisposable
{
    private readonly TimeSpan? _collectorPeriod;
    private readonly CallRecords _records;
    private readonly Collectors _collectors;
    private readonly DigitTeller _digits;
    private readonly TeardownTeller _teardowns;

    /// <param name="workers">How many there are.</param>
    public Audience(RelayHostOptions options, int workers, WallClock clock, ILogger logger)
    {
        _collectorPeriod = options.CollectorPeriod;
        Notifier = new Notifier(options.NotifySockets, logger);
        _records = new CallRecords(options.CsvFile, options.JsonFile, clock, logger);
        _collectors = new Collectors(options.Collectors, workers, clock, logger);
        _digits = new DigitTeller(options.Relay.DigitTargets, clock, logger);
        _teardowns = new TeardownTeller(options.Teardown, logger);
        Feed = new EventFeed(new EventNotices(clock, ShowsDigits(options)));
        var log = new EventLog(logger) { ShowsDigits = options.LogsDigits };
        IEventSink[] sinks = [log, new ControllerNotices(Notifier), _records, _collectors, _digits, _teardowns];
        Events = new EventFan(options.Admin is null ? sinks : [.. sinks, Feed]);
    }

    /// <summary>What workers tell.</summary>
    public IEventSink Events { get; }

    /// <summary>Sends the notices of <c>-n</c>.</summary>
    public Notifier Notifier { get; }

    /// <summary>What clients of the admin socket hear; nothing unless the options want that socket.</summary>
    public EventFeed Feed { get; }

    /// <summary>Call records that were lost.</summary>
    public long RecordsLost => _records.Lost;

    /// <summary>HEP packets that were lost.</summary>
    public long HepLost => _collectors.Lost;

    /// <summary>Digits for targets that were not sent.</summary>
    public long DigitsLost => _digits.Lost;

    /// <summary>Calls that have timed out and could not be told to whom <c>--b2b-url</c> names.</summary>
    public long TeardownsLost => _teardowns.Lost;

    /// <summary>Where they are on the Internet; of a wildcard of <c>-n</c> only the port is known, which is then meant on this machine.</summary>
    public static IEnumerable<IPEndPoint> EndPointsOf(RelayHostOptions options) =>
    [
        .. options.NotifySockets.OfType<TcpNotifySocket>().Select(tcp => tcp.EndPoint),
        .. options.NotifySockets.OfType<CallerNotifySocket>().Select(caller => new IPEndPoint(IPAddress.Any, caller.Port)),
        .. options.Collectors.Select(collector => collector.EndPoint),
        .. options.Relay.DigitTargets.Select(target => new IPEndPoint(target.ToIPAddress(), target.Port)),
        .. options.Teardown is { } teardown ? [teardown.EndPoint] : Array.Empty<IPEndPoint>(),
    ];

    /// <summary>What a worker shows its RTCP to; null if nobody wants it.</summary>
    public IRtcpWitness? RtcpWitnessOf(int worker) => _collectors.WitnessOf(worker);

    /// <summary>Opens files, before <see cref="Start"/>.</summary>
    /// <inheritdoc cref="CallRecords.Start"/>
    public void OpenFiles(bool areNeeded) => _records.Start(areNeeded);

    /// <summary>Begins to tell; before workers start.</summary>
    /// <param name="list">Lists sessions: so many are left out, so many wanted.</param>
    public void Start(Func<int, int, Task<SessionListOperation>> list)
    {
        _collectors.Start(_collectorPeriod, list);
        _digits.Start();
        _teardowns.Start();
    }

    /// <summary>
    /// The workers have stopped: what waits for controllers and servers is sent, to all at the same time, unless that takes too long.
    /// </summary>
    public Task EndNoticesAsync() => Task.WhenAll(
        Notifier.DisposeAsync().AsTask(), _digits.DisposeAsync().AsTask(), _teardowns.DisposeAsync().AsTask());

    /// <summary>The last is told to those who keep records of calls: what waits for them is written and sent, unless that takes too long.</summary>
    /// <param name="leaving">Workers that leave their sessions: those have ended too.</param>
    public async Task EndRecordsAsync(IEnumerable<RelayWorker> leaving, Instant now)
    {
        foreach (RelayWorker worker in leaving)
        {
            foreach (Session session in worker.AllSessions)
            {
                var ended = new RelayEvent.SessionEnded(
                    session, now, SessionEnd.Shutdown, session.Caller.PortNumber, session.Callee.PortNumber);
                _records.On(ended);
                _collectors.On(ended);
            }
        }

        _records.Stop();
        await _collectors.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose() => _records.Dispose();

    /// <summary>Digits that only a controller asked for are its own, and may be secrets.</summary>
    private static bool ShowsDigits(RelayHostOptions options) =>
        options.LogsDigits || options.Relay.DigitPayloadType is not null;
}
