namespace RtpProxy.Watch.Metrics;

/// <summary>The names of metrics (docs/metrics.md): base units, and <c>_total</c> where it only grows, as Prometheus wants them.</summary>
internal static class MetricNames
{
    public const string Meter = "RtpProxy";
    public const string Up = "rtpproxy_up";
    public const string BuildInfo = "rtpproxy_build_info";
    public const string Sessions = "rtpproxy_sessions";
    public const string SessionsCreated = "rtpproxy_sessions_created_total";
    public const string SessionsEnded = "rtpproxy_sessions_ended_total";
    public const string SessionsLimit = "rtpproxy_sessions_limit";
    public const string Streams = "rtpproxy_streams";
    public const string SessionsInTrouble = "rtpproxy_sessions_in_trouble";
    public const string Packets = "rtpproxy_packets_total";
    public const string Bytes = "rtpproxy_bytes_total";
    public const string DroppedPackets = "rtpproxy_dropped_packets_total";
    public const string PortsUsed = "rtpproxy_ports_used";
    public const string PortsLimit = "rtpproxy_ports_limit";
    public const string Commands = "rtpproxy_commands_total";
    public const string CommandDuration = "rtpproxy_command_duration_seconds";
    public const string WorkerLag = "rtpproxy_worker_lag_seconds";
    public const string WorkerCpu = "rtpproxy_worker_cpu_seconds_total";
    public const string StreamMos = "rtpproxy_stream_mos";
    public const string StreamLoss = "rtpproxy_stream_loss_ratio";
    public const string StreamJitter = "rtpproxy_stream_jitter_seconds";
    public const string Recordings = "rtpproxy_recordings";
    public const string RecordingLostRecords = "rtpproxy_recording_lost_records_total";
    public const string Notices = "rtpproxy_notices_total";
    public const string EventsLost = "rtpproxy_events_lost_total";
}
