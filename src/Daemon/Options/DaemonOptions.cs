using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Hosting.Load;
using RtpProxy.Hosting.Teardown;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Io.Posix.Processes;
using RtpProxy.Protocols.NgFront;
using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;

namespace RtpProxy.Daemon.Options;

/// <summary>What the command line says (control protocol, section 10.2). Immutable.</summary>
internal sealed record DaemonOptions
{
    /// <summary>In octal 0755: the owner may write, which is what a client needs to connect. The mode that a group of <c>-u</c> brings.</summary>
    public const UnixFileMode DefaultSocketMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>What is told to the packet workers: <c>-2 -a -i -P -R -T -t -W --dtmf --force_asymmetric --jitter-buffer</c>.</summary>
    public RelayOptions Relay { get; init; } = new();

    /// <summary><c>-l</c> and <c>-6</c>, from left to right; empty means the wildcard of IPv4.</summary>
    public ImmutableArray<ListenArgument> Listen { get; init; } = [];

    /// <summary><c>-A</c>; null if not given.</summary>
    public AdvertisedTexts? Advertised { get; init; }

    /// <summary><c>-s</c>, from left to right; empty means the default socket.</summary>
    public ImmutableArray<ControlSocketAddress> ControlSockets { get; init; } = [];

    /// <summary>What holds for calls of the ng protocol.</summary>
    public NgSettings Ng { get; init; } = new();

    /// <summary><c>-n</c>, resolved, from left to right.</summary>
    public ImmutableArray<NotifySocket> NotifySockets { get; init; } = [];

    /// <summary><c>--allow-media-to</c>, from left to right.</summary>
    public ImmutableArray<AddressBlock> AllowedMedia { get; init; } = [];

    /// <summary><c>--admin</c>: the path of the admin socket; null if not given.</summary>
    public string? AdminSocket { get; init; }

    /// <summary><c>--http --http-token --http-host --otlp</c>.</summary>
    public WatcherRequest Watcher { get; init; } = new();

    /// <summary><c>-m</c>: lowest port. Even once the checks have passed.</summary>
    public int PortMin { get; init; } = 35_000;

    /// <summary><c>-M</c>: highest port. Once the checks have passed, the highest even port whose partner is allowed.</summary>
    public int PortMax { get; init; } = 65_000;

    /// <summary><c>-b</c>: ports are given out in ascending order instead of at random.</summary>
    public bool SequentialPorts { get; init; }

    /// <summary><c>--bridge_symmetric</c>.</summary>
    public bool BridgeSymmetric { get; init; }

    /// <summary><c>--force_asymmetric</c>.</summary>
    public bool ForceAsymmetric { get; init; }

    /// <summary><c>--no_resolve</c>: numeric addresses only.</summary>
    public bool NoResolve { get; init; }

    /// <summary><c>--overload_prot</c>: accepted; no threshold acts in this version of the protocol (section 8.1).</summary>
    public bool OverloadProtection { get; init; }

    /// <summary><c>--workers</c>: threads that carry packets; null means as many as there are usable CPUs.</summary>
    public int? Workers { get; init; }

    /// <summary><c>-r</c>.</summary>
    public string? RecordingDirectory { get; init; }

    /// <summary><c>-S</c>.</summary>
    public string? SpoolDirectory { get; init; }

    /// <summary><c>--check</c>: look, and do not start.</summary>
    public bool IsCheck { get; init; }

    /// <summary><c>--config FILE.toml</c>: where options were read besides the command line; null if nowhere.</summary>
    public string? OptionsFile { get; init; }

    /// <summary><c>--config</c>, of a file in the original's form; null if not given.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary><c>--dso</c>, from left to right; when the configuration file has been read, what it asks for as well.</summary>
    public ImmutableArray<ModuleRequest> Modules { get; init; } = [];

    /// <summary><c>--log-digits</c>: the log tells which digits are pressed.</summary>
    public bool LogsDigits { get; init; }

    /// <summary><c>--b2b-url</c>; null for nobody.</summary>
    public TeardownTarget? Teardown { get; init; }

    /// <summary><c>--xmlrpc-format</c>: what is asked there.</summary>
    public TeardownFormat TeardownFormat { get; init; } = TeardownFormat.Dialog;

    /// <summary><c>--max-load</c>, <c>--max-cpu</c>, <c>--max-bandwidth</c>.</summary>
    public LoadLimits Load { get; init; } = new();

    /// <summary><c>--hep</c>, from left to right, resolved.</summary>
    public ImmutableArray<HepTarget> Collectors { get; init; } = [];

    /// <summary><c>--hep-report</c>: seconds between reports of the streams that are up; 0 for none.</summary>
    public int CollectorPeriodSeconds { get; init; } = 20;

    /// <summary><c>--cdr</c>.</summary>
    public string? RecordFile { get; init; }

    /// <summary><c>--hep-id</c>: by which collectors know us.</summary>
    public uint CaptureId { get; init; } = 101;

    /// <summary><c>-f</c>.</summary>
    public bool Foreground { get; init; }

    /// <summary><c>--keep</c>: a keeper starts the daemon, and another one when it dies or is upgraded.</summary>
    public bool IsKept { get; init; }

    /// <summary><c>-F</c>: no warning and no refusal because of the superuser.</summary>
    public bool AllowSuperuser { get; init; }

    /// <summary><c>-D</c>: stay in the current directory when going to the background.</summary>
    public bool KeepDirectory { get; init; }

    /// <summary><c>--no_redirect</c>: in the background keep standard output and error, and log there too.</summary>
    public bool KeepOutput { get; init; }

    /// <summary><c>-p</c>.</summary>
    public string PidFile { get; init; } = "/var/run/rtpproxy.pid";

    /// <summary><c>-u</c>; null if not given.</summary>
    public RunAs? RunAs { get; init; }

    /// <summary><c>-w</c>: mode of the Unix control sockets; null if not given.</summary>
    public UnixFileMode? SocketMode { get; init; }

    /// <summary><c>-L</c>: soft and hard limit of open files; null leaves the hard limit alone.</summary>
    public int? DescriptorLimit { get; init; }

    /// <summary><c>-c</c>; null for normal scheduling.</summary>
    public SchedulingPolicy? Scheduling { get; init; }

    /// <summary><c>--nice</c>, -20 (first) to 20 (last); null leaves it alone.</summary>
    public int? Nice { get; init; }

    /// <summary>The level of <c>-d</c>; null if not given.</summary>
    public LogLevel? LogLevel { get; init; }

    /// <summary>The facility of <c>-d</c>.</summary>
    public SyslogFacility LogFacility { get; init; } = SyslogFacility.Daemon;

    /// <summary>The level in force: without <c>-d</c> everything in the foreground, warnings in the background.</summary>
    public LogLevel EffectiveLogLevel =>
        LogLevel ?? (Foreground ? Microsoft.Extensions.Logging.LogLevel.Debug : Microsoft.Extensions.Logging.LogLevel.Warning);
}
