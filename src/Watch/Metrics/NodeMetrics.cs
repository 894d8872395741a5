using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using RtpProxy.Admin;
using RtpProxy.Watch.Nodes;

namespace RtpProxy.Watch.Metrics;

/// <summary>
/// What is exported of one relay: a meter of its own, every series with the label <c>node</c>. Of a relay that is away only
/// <see cref="MetricNames.Up"/> is told, since the rest would be old.
/// </summary>
internal sealed class NodeMetrics : IDisposable
{
    // The verdicts that there can be (docs/admin.md): one that no session has is 0, not absent.
    private static readonly string[] Verdicts =
    [
        "ok", "waiting", "silent", "one-way", "one-way-stopped", "refused", "private-address", "unreachable", "held",
        "wrong-family", "not-rtp", "bad-quality",
    ];

    private readonly Meter _meter;
    private readonly Node _node;
    private readonly Func<long> _eventsLostHere;
    private readonly KeyValuePair<string, object?> _label;
    private readonly ReplayedHistogram _commandDuration;
    private readonly ReplayedHistogram _workerLag;
    private readonly ReplayedHistogram _mos;
    private readonly ReplayedHistogram _loss;
    private readonly ReplayedHistogram _jitter;

    /// <param name="eventsLostHere">Events of any relay that clients of ours were too slow for.</param>
    public NodeMetrics(Node node, Func<long> eventsLostHere, ILogger<NodeMetrics> logger)
    {
        _node = node;
        _eventsLostHere = eventsLostHere;
        _label = new("node", node.Name);
        _meter = new Meter(new MeterOptions(MetricNames.Meter) { Tags = [_label] });
        CreateGauges();
        CreateCounters();
        _commandDuration = new(_meter, node.Name, MetricNames.CommandDuration, "s", "Time from a command to its reply.", logger);
        _workerLag = new(_meter, node.Name, MetricNames.WorkerLag, "s", "How late turns of the workers' loops were.", logger);
        _mos = new(_meter, node.Name, MetricNames.StreamMos, null, "MOS-LQ of streams, by intervals of 5 s.", logger);
        _loss = new(_meter, node.Name, MetricNames.StreamLoss, null, "Share of packets that streams lost, by intervals of 5 s.", logger);
        _jitter = new(_meter, node.Name, MetricNames.StreamJitter, "s", "Jitter of streams, by intervals of 5 s.", logger);
    }

    private RelayCounters? Counters => _node.Snapshot is { IsUp: true, Counters: { } counters } ? counters : null;

    /// <summary>Takes the histograms of a sample. One sample after the other.</summary>
    public void Take(RelayCounters counters)
    {
        foreach (WorkerFigures worker in counters.Workers)
        {
            _workerLag.Replay(worker.Worker, worker.LagSeconds);
        }

        Replay(_commandDuration, counters.CommandSeconds);
        Replay(_mos, counters.Scores);
        Replay(_loss, counters.LossRates);
        Replay(_jitter, counters.JitterSeconds);
    }

    public void Dispose() => _meter.Dispose();

    private static void Replay(ReplayedHistogram histogram, Histogram? counted)
    {
        if (counted is not null)
        {
            histogram.Replay(0, counted);
        }
    }

    private void CreateGauges()
    {
        _meter.CreateObservableGauge(
            MetricNames.Up, () => new Measurement<int>(_node.Snapshot.IsUp ? 1 : 0, _label), null, "1 if the relay answers, else 0.");
        _meter.CreateObservableGauge(
            MetricNames.BuildInfo,
            () => _node.Snapshot is { IsUp: true, Hello: { } hello } ? [Value(1L, ("version", hello.Version))] : Array.Empty<Measurement<long>>(),
            null,
            "1; the label says which version runs.");
        Gauge(MetricNames.Sessions, "Sessions alive: complete if both parties have a port.", counters =>
            [Value((long)counters.SessionsComplete, ("state", "complete")), Value((long)counters.SessionsIncomplete, ("state", "incomplete"))]);
        Gauge(MetricNames.SessionsLimit, "Sessions that there may be, if the relay has a limit.", counters =>
            counters.SessionsLimit is { } limit ? [Value((long)limit)] : []);
        Gauge(MetricNames.Streams, "Sessions alive by verdict.", counters =>
            Verdicts.Select(verdict => Value((long)counters.Verdicts.GetValueOrDefault(verdict), ("verdict", verdict))));
        Gauge(MetricNames.SessionsInTrouble, "Sessions alive that somebody should look at.", counters =>
            counters.SessionsInTrouble is { } sessions ? [Value((long)sessions)] : []);
        Gauge(MetricNames.PortsUsed, "Media ports in use.", counters => [Value((long)counters.PortsUsed)]);
        Gauge(MetricNames.PortsLimit, "Media ports that there are.", counters => [Value((long)counters.PortsLimit)]);
        Gauge(MetricNames.Recordings, "Recordings that are being written.", counters => [Value((long)counters.Recordings)]);
    }

    private void CreateCounters()
    {
        Count(MetricNames.SessionsCreated, "Sessions that were set up.", counters => [Value((long)counters.SessionsCreated)]);
        Count(MetricNames.SessionsEnded, "Sessions that ended, by what ended them.", counters => Each(counters.SessionsEnded, "reason"));
        Count(MetricNames.Packets, "Datagrams received, relayed and played.", counters =>
        [
            .. Each(counters.Received, "kind", ("direction", "received")),
            .. Each(counters.Relayed, "kind", ("direction", "relayed")),
            Value((long)counters.Played, ("kind", "rtp"), ("direction", "played")),
        ]);
        Count(MetricNames.Bytes, "Payload of datagrams received and relayed.", counters =>
            [Value((long)counters.BytesReceived, ("direction", "received")), Value((long)counters.BytesRelayed, ("direction", "relayed"))]);
        Count(MetricNames.DroppedPackets, "Datagrams that were not relayed, by reason.", counters => Each(counters.Dropped, "reason"));
        Count(MetricNames.Commands, "Commands carried out or refused.", counters =>
            counters.Commands.Select(command => Value((long)command.Count, ("command", command.Command), ("result", command.Result))));
        Count(MetricNames.RecordingLostRecords, "Packets that recordings lost.", counters => [Value((long)counters.RecordsLost)]);
        Count(MetricNames.Notices, "Notifications to controllers, by what became of them.", counters =>
            counters.Notices.Select(notice => Value((long)notice.Count, ("target", notice.Target), ("result", notice.Result))));
        Count(MetricNames.EventsLost, "Events that a consumer was too slow for.", counters =>
            [.. Each(counters.EventsLost, "consumer"), Value(_eventsLostHere(), ("consumer", "page"))]);
        _meter.CreateObservableCounter(
            MetricNames.WorkerCpu,
            () => (Counters?.Workers ?? []).Select(worker =>
                Value(worker.CpuSeconds, ("worker", worker.Worker.ToString(CultureInfo.InvariantCulture)))),
            "s",
            "Processor time of the workers' threads.");
    }

    private void Gauge(string name, string description, Func<RelayCounters, IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableGauge(name, () => Counters is { } counters ? read(counters) : [], null, description);

    private void Count(string name, string description, Func<RelayCounters, IEnumerable<Measurement<long>>> read) =>
        _meter.CreateObservableCounter(name, () => Counters is { } counters ? read(counters) : [], null, description);

    private IEnumerable<Measurement<long>> Each(
        IReadOnlyDictionary<string, ulong> counts, string label, params (string Name, string Value)[] labels) =>
        counts.Select(count => Value((long)count.Value, [(label, count.Key), .. labels]));

    private Measurement<T> Value<T>(T value, params (string Name, string Value)[] labels)
        where T : struct =>
        new(value, [_label, .. labels.Select(label => new KeyValuePair<string, object?>(label.Name, LabelValue.Of(label.Value)))]);
}
