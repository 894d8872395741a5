using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Relay.Forwarding;

namespace RtpProxy.Hosting.Hep;

/// <summary>The HEP collectors of a relay, and what they are told.</summary>
/// <remarks>Started and stopped by the host.</remarks>
internal sealed class Collectors : IAsyncDisposable
{
    private readonly HepChannel[] _channels;
    private readonly RtcpTeller? _rtcp;

    /// <param name="workers">How many there are.</param>
    public Collectors(IEnumerable<HepTarget> targets, int workers, ILogger logger)
    {
        _channels = [.. targets.Select(target => new HepChannel(target, logger))];
        _rtcp = _channels.Length > 0 ? new RtcpTeller(workers, _channels, logger) : null;
    }

    /// <summary>Packets that collectors did not get.</summary>
    public long Lost => _channels.Sum(channel => channel.Lost) + (_rtcp?.Lost ?? 0);

    /// <summary>What a worker shows its RTCP to; null without collectors.</summary>
    public IRtcpWitness? WitnessOf(int worker) => _rtcp?.WitnessOf(worker);

    public void Start()
    {
        Array.ForEach(_channels, channel => channel.Start());
        _rtcp?.Start();
    }

    /// <summary>The workers have stopped: what is left is sent, unless that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        _rtcp?.Dispose();
        await Task.WhenAll(_channels.Select(channel => channel.DisposeAsync().AsTask())).ConfigureAwait(false);
    }
}
