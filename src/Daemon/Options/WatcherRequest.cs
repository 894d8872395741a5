using System.Collections.Immutable;
using System.Net;

namespace RtpProxy.Daemon.Options;

/// <summary>What a watcher beside the daemon is to do. Immutable.</summary>
internal sealed record WatcherRequest
{
    /// <summary><c>--http</c>: where it serves its page and metrics; null if nowhere.</summary>
    public IPEndPoint? Http { get; init; }

    /// <summary><c>--ng-http</c>: where it takes messages of the ng protocol; null if nowhere.</summary>
    public IPEndPoint? NgHttp { get; init; }

    /// <summary><c>--http-token</c>: the full path of the file of what clients must know; null if they need not.</summary>
    public string? TokenFile { get; init; }

    /// <summary><c>--http-host</c>: names that it is asked for, from left to right.</summary>
    public ImmutableArray<string> HostNames { get; init; } = [];

    /// <summary><c>--otlp</c>: the collector that it pushes metrics to; null if none.</summary>
    public string? Collector { get; init; }

    /// <summary>There is something for it to do.</summary>
    public bool IsWanted => Http is not null || NgHttp is not null || Collector is not null;

    /// <summary>Where it listens, with the option that says so.</summary>
    public IEnumerable<(string Option, IPEndPoint Address)> Listening =>
    [
        .. Http is { } http ? [("http", http)] : Array.Empty<(string, IPEndPoint)>(),
        .. NgHttp is { } ng ? [("ng-http", ng)] : Array.Empty<(string, IPEndPoint)>(),
    ];

    /// <summary>The arguments of <c>rtpproxywatch</c>, after those that say which relay it watches.</summary>
    /// <param name="ng">The relay's first ng socket of UDP, where <see cref="NgHttp"/> is asked for.</param>
    public IReadOnlyList<string> ArgumentsFor(IPEndPoint? ng) =>
    [
        .. Http is null ? [] : (string[])["--http", $"{Http}"],
        .. NgHttp is null ? [] : (string[])["--ng-http", $"{NgHttp}", "--ng", $"udp:{ng}"],
        .. TokenFile is null ? [] : (string[])["--http-token", TokenFile],
        .. HostNames.SelectMany(name => (string[])["--http-host", name]),
        .. Collector is null ? [] : (string[])["--otlp", Collector],
    ];
}
