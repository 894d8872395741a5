using RtpProxy.Admin;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.Engines;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Hosting.Admin;

/// <summary>What the relay as a whole has counted, in the words of docs/admin.md.</summary>
/// <remarks>Thread-safe; what workers and engines count is read as a hint.</remarks>
internal sealed class AdminFigures(AdminSources sources, AdminOptions options, Func<long> watcherRestarts)
{
    private readonly DateTimeOffset _startedAt = sources.Clock.At(MonotonicClock.Now);

    private readonly HostReading _host = new(sources.Ports, sources.Host.Descriptors, sources.Addresses);

    public HostFigures Host() => _host.Read();

    public RelayHello Hello() => new()
    {
        Protocol = AdminWords.Version,
        Version = options.ProgramVersion,
        Node = Environment.MachineName,
        Pid = Environment.ProcessId,
        StartedAt = _startedAt,
        Workers = sources.Host.EngineCounters.Count,
        Kept = options.Keeper?.IsAlive() is true,
        Start = options.Keeper?.Start switch
        {
            null => null,
            RelayStart.First => "first",
            RelayStart.AfterDeath => "death",
            _ => "upgrade",
        },
        Deaths = options.Keeper?.Deaths ?? 0,
        Draining = sources.Host.Operations.IsDraining,
    };

    public RelayCounters Counters(CensusOperation census)
    {
        RelayStatistics sum = census.Sum;
        TrafficTotals rtp = sum.Traffic(StreamKind.Rtp);
        TrafficTotals rtcp = sum.Traffic(StreamKind.Rtcp);
        return new RelayCounters
        {
            SessionsComplete = census.Complete,
            SessionsIncomplete = census.Incomplete,
            SessionsCreated = sum[RelayCounter.SessionsCreated],
            SessionsEnded = EndedOf(sum),
            Verdicts = Enum.GetValues<VerdictCode>().ToDictionary(code => code.Name(), census.SessionsWith),
            SessionsInTrouble = census.SessionsInTrouble,
            Received = ByKind(rtp.Received, rtcp.Received),
            Relayed = ByKind(rtp.Relayed, rtcp.Relayed),
            BytesReceived = rtp.ReceivedBytes + rtcp.ReceivedBytes,
            BytesRelayed = rtp.RelayedBytes + rtcp.RelayedBytes,
            Played = sum[RelayCounter.PacketsPlayed],
            Dropped = Enum.GetValues<DropReason>().ToDictionary(reason => reason.ToString(), sum.Dropped),
            PacketRate = sources.Host.PacketRate,
            PortsUsed = sources.Ports.PairsTaken,
            PortsLimit = sources.Ports.PairCount * sources.Addresses,
            SessionsLimit = sources.Host.Operations.Options.MaxSessions,
            Commands = sources.Commands.Counts,
            CommandSeconds = Of(sources.Commands.Durations),
            Workers = [.. sources.Host.EngineCounters.Select((engine, worker) => Of(worker, census.Sessions[worker], engine))],
            Scores = Of(sum.Histogram(QualityMeasure.Score)),
            LossRates = Of(sum.Histogram(QualityMeasure.LossRatio)),
            JitterSeconds = Of(sum.Histogram(QualityMeasure.Jitter)),
            Recordings = census.Recorded,
            RecordsLost = sum.RecordsLost,
            Notices = [.. sources.Audience.Notifier.Counts().SelectMany(Of)],
            EventsLost = LostEvents(sum),
            WatcherRestarts = (ulong)watcherRestarts(),
            Draining = sources.Host.Operations.IsDraining,
        };
    }

    private static Dictionary<string, ulong> ByKind(ulong rtp, ulong rtcp) => new() { ["rtp"] = rtp, ["rtcp"] = rtcp };

    private static Histogram Of(QualityHistogram measured) =>
        new(measured.Bounds, measured.Counts, [.. measured.Sums.Select(sum => Math.Round(sum, 9))]);

    private static Dictionary<string, ulong> EndedOf(RelayStatistics sum)
    {
        ulong timedOut = sum[RelayCounter.SessionsTimedOut];
        ulong allDeleted = sum[RelayCounter.SessionsAllDeleted];
        return new Dictionary<string, ulong>
        {
            [PartyNames.NameOf(SessionEnd.TimedOut)] = timedOut,
            [PartyNames.NameOf(SessionEnd.AllDeleted)] = allDeleted,
            [PartyNames.NameOf(SessionEnd.Deleted)] = sum[RelayCounter.SessionsDestroyed] - timedOut - allDeleted,
        };
    }

    private Dictionary<string, ulong> LostEvents(RelayStatistics sum)
    {
        var lost = new Dictionary<string, ulong>
        {
            ["admin"] = (ulong)sources.Audience.Feed.Lost,
            ["records"] = (ulong)sources.Audience.RecordsLost,
            ["hep"] = (ulong)sources.Audience.HepLost,
            ["b2b"] = (ulong)sources.Audience.TeardownsLost,
            ["digits"] = (ulong)sources.Audience.DigitsLost + sum[RelayCounter.DigitsTooFast],
        };
        foreach ((string consumer, long count) in options.EventsLost())
        {
            lost[consumer] = (ulong)count;
        }

        return lost;
    }

    private static IEnumerable<NoticeCount> Of((string Target, long Sent, long Lost) target) =>
        [new(target.Target, "sent", (ulong)target.Sent), new(target.Target, "lost", (ulong)target.Lost)];

    private static WorkerFigures Of(int worker, int sessions, EngineCounters engine) =>
        new(worker, sessions, (engine.CpuTime ?? default).TotalSeconds, Of(engine.Lag));

    private static Histogram Of(DurationHistogram durations) =>
        new(DurationHistogram.Bounds, durations.Counts, [.. durations.Sums.Select(sum => Math.Round(sum, 9))]);
}
