using System.Collections.Immutable;
using System.Net;

namespace RtpProxy.Daemon.Options;

/// <summary>What a watcher beside the daemon is to do. Immutable.</summary>
internal sealed record WatcherRequest
{
    /// <summary><c>--http</c>: where it serves its page and metrics; null if nowhere.</summary>
    public IPEndPoint? Http { get; init; }

    /// <summary><c>--http-token</c>: the full path of the file of what clients must know; null if they need not.</summary>
    public string? TokenFile { get; init; }

    /// <summary><c>--http-host</c>: names that it is asked for, from left to right.</summary>
    public ImmutableArray<string> HostNames { get; init; } = [];

    /// <summary><c>--otlp</c>: the collector that it pushes metrics to; null if none.</summary>
    public string? Collector { get; init; }

    /// <summary>There is something for it to do.</summary>
    public bool IsWanted => Http is not null || Collector is not null;

    /// <summary>The arguments of <c>rtpproxywatch</c>, after those that say which relay it watches.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        .. Http is null ? [] : (string[])["--http", $"{Http}"],
        .. TokenFile is null ? [] : (string[])["--http-token", TokenFile],
        .. HostNames.SelectMany(name => (string[])["--http-host", name]),
        .. Collector is null ? [] : (string[])["--otlp", Collector],
    ];
}
