using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using RtpProxy.Controller.Diagnostics;
using RtpProxy.Controller.Relays;
using RtpProxy.Controller.Tests.Relays;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Diagnostics;

/// <summary>Spans and metrics, as a program's listeners get them.</summary>
public sealed class TelemetryTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_command_is_a_span_that_says_what_was_asked_of_whom_and_how_it_ended()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", command => command.StartsWith('D') ? "E50" : "0");
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);
        using var spans = new Spans(relay.Url);
        await client.SendAsync(new PlayCommand("call-1", "welcome", "session", "a", "b"), Stop);
        await client.SendAsync(new DeleteCommand("call-1", "a", "b"), Stop);

        spans.All.Select(span => span.DisplayName).ShouldBe(["rtpproxy play", "rtpproxy delete"]);
        Activity play = spans.All.First();
        play.Kind.ShouldBe(ActivityKind.Client);
        play.Status.ShouldBe(ActivityStatusCode.Unset);
        play.TagObjects.ToDictionary().ShouldBe(new Dictionary<string, object?>
        {
            ["rtpproxy.command"] = "play",
            ["rtpproxy.relay"] = relay.Url,
            ["server.address"] = "127.0.0.1",
            ["network.transport"] = "udp",
            ["server.port"] = client.Address.Port,
            ["rtpproxy.call_id"] = "call-1",
        });
        Activity delete = spans.All.Last();
        (delete.Status, delete.GetTagItem("error.type")).ShouldBe((ActivityStatusCode.Error, "E50"));
    }

    [Fact]
    public async Task A_command_without_a_reply_is_a_span_in_error()
    {
        string path = Path.Combine(Path.GetTempPath(), $"nobody-{Guid.NewGuid():N}.sock");
        await using var client = new RelayClient(RelayAddress.Parse($"unix:{path}"));
        using var spans = new Spans($"unix:{path}");
        await client.SendAsync(new InfoCommand(), Stop);
        Activity info = spans.All.ShouldHaveSingleItem();
        (info.DisplayName, info.Status, info.GetTagItem("error.type")).ShouldBe(
            ("rtpproxy info", ActivityStatusCode.Error, nameof(RelayFailure.Unreachable)));
        info.GetTagItem("server.port").ShouldBeNull();
    }

    [Fact]
    public async Task Durations_of_commands_and_which_relays_are_up_are_metrics()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", "127.0.1.1");
        using var metrics = new Metrics(relay.Url);
        await using (var sets = new RelaySets([RelaySetDefinition.Parse($"3 == {relay.Url}")]))
        {
            metrics.Observe();
            await sets.ProbeAllAsync(Stop);
            metrics.Observe();
        }

        metrics.All.Where(one => one.Name == "rtpproxy.client.relay.up").Select(one => one.Value).ShouldBe([0, 1]);
        metrics.All.Where(one => one.Name == "rtpproxy.client.command.duration" && one.Command == "version").Count().ShouldBeGreaterThan(3);
    }

    /// <summary>The finished spans of commands to one relay: other tests have theirs.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _spans = new();
        private readonly ActivityListener _listener;

        public Spans(string relay)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == RtpProxyTelemetry.ActivitySourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = span =>
                {
                    if ((string?)span.GetTagItem("rtpproxy.relay") == relay)
                    {
                        _spans.Enqueue(span);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IEnumerable<Activity> All => _spans;

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Metrics : IDisposable
    {
        private readonly ConcurrentQueue<(string Name, double Value, string? Command)> _all = new();
        private readonly MeterListener _listener = new();

        public Metrics(string relay)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == RtpProxyTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags, relay));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags, relay));
            _listener.Start();
        }

        public IEnumerable<(string Name, double Value, string? Command)> All => _all;

        public void Observe() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, string relay)
        {
            Dictionary<string, object?> named = new(tags.ToArray());
            if ((string?)named.GetValueOrDefault("rtpproxy.relay") == relay)
            {
                _all.Enqueue((instrument.Name, value, (string?)named.GetValueOrDefault("rtpproxy.command")));
            }
        }
    }
}
