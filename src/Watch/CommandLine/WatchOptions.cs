using System.Net;

namespace RtpProxy.Watch.CommandLine;

/// <summary>What the command line says, checked.</summary>
internal sealed record WatchOptions
{
    public required IReadOnlyList<NodeAddress> Nodes { get; init; }

    /// <summary>Where the page is served; null if nowhere. Loopback unless there is a <see cref="Token"/>.</summary>
    public IPEndPoint? Http { get; init; }

    /// <summary>Where messages of the ng protocol are taken; null if nowhere. Loopback unless there is a <see cref="Token"/>.</summary>
    public IPEndPoint? NgHttp { get; init; }

    /// <summary>The relay's socket that they go on to; given with <see cref="NgHttp"/>.</summary>
    public IPEndPoint? NgRelay { get; init; }

    /// <summary>What a client must know; null if it need not know anything.</summary>
    public string? Token { get; init; }

    /// <summary>Names that this host is asked for, besides its addresses and <c>localhost</c>.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>Where metrics are pushed to, the whole URL; null if nowhere.</summary>
    public Uri? Otlp { get; init; }

    public TimeSpan OtlpPeriod { get; init; }

    public bool IsServing => Http is not null || NgHttp is not null;
}
