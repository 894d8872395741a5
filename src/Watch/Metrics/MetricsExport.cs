using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using RtpProxy.Watch.CommandLine;

namespace RtpProxy.Watch.Metrics;

/// <summary>Who reads the metrics: a scraper of Prometheus, and a collector that they are pushed to.</summary>
internal static class MetricsExport
{
    /// <returns>Reads the meters until it is disposed.</returns>
    public static MeterProvider Create(WatchOptions options)
    {
        MeterProviderBuilder builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.Clear().AddService("rtpproxywatch").AddEnvironmentVariableDetector())
            .AddMeter(MetricNames.Meter);
        if (options.Http is not null)
        {
            // The label "node" says all that these would, and each series is shorter.
            builder.AddPrometheusExporter(prometheus =>
            {
                prometheus.ScopeInfoEnabled = false;
                prometheus.TargetInfoEnabled = false;
                prometheus.ScrapeResponseCacheDurationMilliseconds = 0;
            });
        }

        if (options.Otlp is { } collector)
        {
            builder.AddOtlpExporter((otlp, reader) =>
            {
                otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
                otlp.Endpoint = collector;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.OtlpPeriod.TotalMilliseconds;
            });
        }

        return builder.Build();
    }
}
