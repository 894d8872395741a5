using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Relays;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller.Diagnostics;

/// <summary>The span of one command, and its place in the histogram. Costs nothing while nobody listens.</summary>
internal readonly struct CommandMeasure
{
    private static readonly ActivitySource Source = new(RtpProxyTelemetry.ActivitySourceName);
    private static readonly Meter Meter = new(RtpProxyTelemetry.MeterName);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "rtpproxy.client.command.duration", "s", "From a command to its reply, repetitions and waiting for a turn included.");

    private readonly Activity? _span;
    private readonly string _command;
    private readonly string _relay;
    private readonly long _begun; // 0: nobody wants to know.

    private CommandMeasure(Activity? span, string command, string relay, long begun)
    {
        _span = span;
        _command = command;
        _relay = relay;
        _begun = begun;
    }

    public static CommandMeasure Begin(RelayAddress relay, string command, string? callId)
    {
        Activity? span = Source.HasListeners() ? Source.StartActivity($"rtpproxy {command}", ActivityKind.Client) : null;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("rtpproxy.command", command);
            span.SetTag("rtpproxy.relay", relay.Url);
            span.SetTag("server.address", relay.Host);
            span.SetTag("network.transport", relay.IsUnix ? "unix" : relay.IsDatagram ? "udp" : "tcp");
            if (!relay.IsUnix)
            {
                span.SetTag("server.port", relay.Port);
            }

            if (callId is not null)
            {
                span.SetTag("rtpproxy.call_id", callId);
            }
        }

        return new CommandMeasure(span, command, relay.Url, Duration.Enabled ? Stopwatch.GetTimestamp() : 0);
    }

    public void End(in RelayReply reply)
    {
        string? error = !reply.IsReply ? reply.Failure.ToString()
            : MediaReply.ErrorOf(reply.Text) is { } number ? string.Create(CultureInfo.InvariantCulture, $"E{number}")
            : null;
        End(error, reply.IsReply ? "" : FailureText.Of(reply));
    }

    public void EndCancelled() => End("cancelled", "");

    /// <summary>The command in a word, as spans and metrics name it.</summary>
    public static string NameOf(Command command) => command switch
    {
        UpdateCommand => "update",
        LookupCommand => "lookup",
        DeleteCommand => "delete",
        DeleteAllCommand => "delete-all",
        QueryCommand => "query",
        PlayCommand => "play",
        NoPlayCommand => "stop-playing",
        RecordCommand => "record",
        NoRecordCommand => "stop-recording",
        CopyCommand => "copy",
        InfoCommand => "info",
        StatsCommand => "statistics",
        VersionCommand => "version",
        _ => "other",
    };

    private void End(string? error, string description)
    {
        if (_begun != 0)
        {
            var tags = new TagList { { "rtpproxy.command", _command }, { "rtpproxy.relay", _relay } };
            if (error is not null)
            {
                tags.Add("error.type", error);
            }

            Duration.Record(Stopwatch.GetElapsedTime(_begun).TotalSeconds, tags);
        }

        if (_span is null)
        {
            return;
        }

        if (error is not null)
        {
            _span.SetTag("error.type", error);
            _span.SetStatus(ActivityStatusCode.Error, description);
        }

        _span.Dispose();
    }
}
