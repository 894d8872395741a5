using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Hosting.Hep;

/// <summary>The HEP collectors of a relay, and what they are told.</summary>
/// <remarks>Events come from all workers; started and stopped by the host.</remarks>
internal sealed class Collectors : IEventSink, IAsyncDisposable
{
    private readonly HepChannel[] _channels;
    private readonly RtcpTeller? _rtcp;
    private readonly SessionTeller? _sessions;

    /// <param name="workers">How many there are.</param>
    public Collectors(IEnumerable<HepTarget> targets, int workers, WallClock clock, ILogger logger)
    {
        _channels = [.. targets.Select(target => new HepChannel(target, logger))];
        HepChannel[] whole = Array.FindAll(_channels, channel => !channel.Target.IsRtcpOnly);
        _rtcp = _channels.Length > 0 ? new RtcpTeller(workers, _channels, logger) : null;
        _sessions = whole.Length > 0 ? new SessionTeller(whole, clock, logger) : null;
    }

    /// <summary>Packets that collectors did not get.</summary>
    public long Lost => _channels.Sum(channel => channel.Lost) + (_rtcp?.Lost ?? 0) + (_sessions?.Lost ?? 0);

    /// <summary>What a worker shows its RTCP to; null without collectors.</summary>
    public IRtcpWitness? WitnessOf(int worker) => _rtcp?.WitnessOf(worker);

    /// <param name="period">Between two reports of the streams that are up; null for none.</param>
    /// <param name="list">Lists sessions: so many are left out, so many wanted.</param>
    public void Start(TimeSpan? period, Func<int, int, Task<SessionListOperation>> list)
    {
        Array.ForEach(_channels, channel => channel.Start());
        _rtcp?.Start();
        _sessions?.Start(period, list);
    }

    public void On(RelayEvent told) => _sessions?.On(told);

    /// <summary>The workers have stopped: what is left is sent, unless that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        _rtcp?.Dispose();
        if (_sessions is not null)
        {
            await _sessions.DisposeAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_channels.Select(channel => channel.DisposeAsync().AsTask())).ConfigureAwait(false);
    }
}
