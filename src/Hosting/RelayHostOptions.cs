using System.Collections.Immutable;
using RtpProxy.Hosting.Admin;
using RtpProxy.Hosting.Keeping;
using RtpProxy.Hosting.Load;
using RtpProxy.Hosting.Teardown;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Protocols.NgFront;
using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;

namespace RtpProxy.Hosting;

/// <summary>What a <see cref="RelayHost"/> is made of; names, files and numbers have been checked.</summary>
public sealed record RelayHostOptions
{
    public RelayOptions Relay { get; init; } = new();

    public required BindAddresses Addresses { get; init; }

    /// <summary>In the order in which they are opened.</summary>
    public ImmutableArray<ControlSocketAddress> ControlSockets { get; init; } = [];

    /// <summary>What holds for calls that are commanded over the ng protocol.</summary>
    public NgSettings Ng { get; init; } = new();

    /// <summary>The targets that <c>-n</c> permits.</summary>
    public ImmutableArray<NotifySocket> NotifySockets { get; init; } = [];

    /// <summary>Where media may go whatever kind of address it is: loopback, link-local, multicast, broadcast.</summary>
    public ImmutableArray<AddressBlock> AllowedMedia { get; init; } = [];

    /// <summary>First RTP port, even.</summary>
    public int PortMin { get; init; } = 35_000;

    /// <summary>Last RTP port, even; its RTCP port is the next one.</summary>
    public int PortMax { get; init; } = 64_998;

    public PortOrder PortOrder { get; init; } = PortOrder.Random;

    /// <summary>
    /// Digit catchers, which the protocol knows as instances of the module catch_dtmf, 0 to
    /// <see cref="RelayOptions.MaxDigitCatchers"/>; sub-commands that name one beyond are refused.
    /// </summary>
    public int DigitCatchers { get; init; } = 1;

    /// <summary>Digits are shown in the log, which otherwise tells only that one was pressed: they may be secrets.</summary>
    public bool LogsDigits { get; init; }

    /// <summary><c>--no_resolve</c>: numeric addresses only.</summary>
    public bool IsNumericOnly { get; init; }

    /// <summary><c>--b2b-url</c>: who is asked to end calls that have timed out; null for nobody.</summary>
    public TeardownTarget? Teardown { get; init; }

    /// <summary>How busy the machine may be for another call to begin.</summary>
    public LoadLimits Load { get; init; } = new();

    /// <summary>Threads that carry media, at least 1.</summary>
    public int Workers { get; init; } = 1;

    public string? RecordingDirectory { get; init; }

    public string? SpoolDirectory { get; init; }

    /// <summary>Absolute path of the file for records of the original's form, of sessions that end; null for none.</summary>
    public string? CsvFile { get; init; }

    /// <summary>Absolute path of the file for records as lines of JSON; null for none.</summary>
    public string? JsonFile { get; init; }

    /// <summary>How often collectors get reports of the streams that are up; null for never.</summary>
    public TimeSpan? CollectorPeriod { get; init; }

    /// <summary>Collectors of HEP packets.</summary>
    public ImmutableArray<HepTarget> Collectors { get; init; } = [];

    /// <summary>Owner, group and mode of the files of Unix control sockets.</summary>
    public UnixSocketAccess UnixSocketAccess { get; init; } = new();

    /// <summary>The listening socket for <c>systemd:</c>; null to look for it as sd_listen_fds(3) says.</summary>
    public int? InheritedSocket { get; init; }

    /// <summary>What those who look after the relay can ask; null if nobody can.</summary>
    public AdminOptions? Admin { get; init; }

    /// <summary>How its calls outlive its process; null if they do not.</summary>
    public Continuity? Continuity { get; init; }

    /// <summary>What <c>stdio:</c> reads and writes; null for the process's own.</summary>
    public Stream? StandardInput { get; init; }

    /// <inheritdoc cref="StandardInput"/>
    public Stream? StandardOutput { get; init; }

    /// <summary>
    /// The garbage of the process is the relay's own: it is collected after a flood of sessions, when little media passes.
    /// </summary>
    public bool ReturnsMemory { get; init; }

    /// <summary>Called on the thread of each worker, with its number, before its first turn: scheduling policy and the like.</summary>
    public Action<int>? OnWorkerThreadStart { get; init; }
}
