using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller.Relays;

/// <summary>
/// A node of a set: a client, and whether it may be used. It disables itself when a command stays without a reply, and
/// with that releases everyone else who waits for it; an error reply never disables it, but one that says there is no room
/// for another call lets it rest.
/// </summary>
/// <remarks>Thread-safe; the lock is held for reading and writing the few fields of the state only.</remarks>
internal sealed class RelayNode : IRelay, IAsyncDisposable
{
    private const string SwitchedOff = "it was switched off";
    private const string Disposed = "its RelaySets is disposed";

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly RelayClient _client;
    private readonly RelayNodeDefinition _definition;
    private readonly RelaySetsOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<RelayNode, string?> _changed;
    private readonly ILogger _logger;
    private RelayNodeState _state;
    private TimeSpan _recheckAt; // Meaningful while disabled.
    private TimeSpan _probedAt = TimeSpan.MinValue;
    private TimeSpan _restsUntil = TimeSpan.MinValue;
    private CancellationTokenSource _outage = new(); // Cancelled, and replaced, each time the node fails.
    private string _problem = ""; // Meaningful while disabled.
    private Task? _probe;

    /// <param name="definition">As it is configured.</param>
    /// <param name="options">As long as they hold, the node can serve.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears when the node rests.</param>
    /// <param name="changed">Called, outside of the lock, when the node comes up (null), or goes down, with why.</param>
    public RelayNode(
        RelayNodeDefinition definition,
        RelaySetsOptions options,
        TimeProvider time,
        ILogger logger,
        Action<RelayNode, string?> changed)
    {
        _logger = logger;
        _changed = changed;
        _definition = definition;
        _options = options;
        _time = time;
        _client = new RelayClient(definition.Address, options.Client, time);
        _state = definition.IsSwitchedOff ? RelayNodeState.SwitchedOff : RelayNodeState.Unprobed;
    }

    public string Name => _client.Name;

    public RelayCapabilities Capabilities => _client.Capabilities;

    public IPAddress? Advertised => _definition.Advertised;

    public IPAddress? Host => _client.Host;

    public bool IsEnabled
    {
        get
        {
            lock (_gate)
            {
                return _state == RelayNodeState.Enabled;
            }
        }
    }

    /// <summary>Never probed yet, or disabled with the recheck time behind us.</summary>
    public bool IsDue
    {
        get
        {
            lock (_gate)
            {
                return _state == RelayNodeState.Unprobed
                    || (_state == RelayNodeState.Disabled && _options.DisableTime >= TimeSpan.Zero && Now >= _recheckAt);
            }
        }
    }

    /// <summary>Disabled by a failure and not probed within the last reply timeout: worth a try when nothing else is left.</summary>
    public bool MayBeForced
    {
        get
        {
            lock (_gate)
            {
                bool probedJustNow = _probedAt != TimeSpan.MinValue && Now - _probedAt < _client.Options.ReplyTimeout;
                return _state == RelayNodeState.Unprobed
                    || (_state == RelayNodeState.Disabled && (!probedJustNow || _probe is { IsCompleted: false }));
            }
        }
    }

    /// <summary>It has refused a new call lately.</summary>
    public bool IsResting
    {
        get
        {
            lock (_gate)
            {
                return Now < _restsUntil;
            }
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    /// <summary>This node can stand for a definition: it differs in its weight at most, which is the set's business.</summary>
    public bool CanServe(RelayNodeDefinition definition, RelaySetsOptions options) =>
        _definition.Address == definition.Address
        && _definition.IsSwitchedOff == definition.IsSwitchedOff
        && Equals(_definition.Advertised, definition.Advertised)
        && _options == options;

    public async ValueTask<RelayReply> SendAsync(Command command, CancellationToken cancellationToken)
    {
        CancellationTokenSource outage;
        lock (_gate)
        {
            if (_state != RelayNodeState.Enabled)
            {
                return RelayReply.Failed(RelayFailure.Disabled);
            }

            outage = _outage;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, outage.Token);
        try
        {
            RelayReply reply = await _client.SendAsync(command, either.Token).ConfigureAwait(false);
            if (reply.Failure is RelayFailure.NoReply or RelayFailure.Unreachable)
            {
                OnFailure(outage, FailureText.Of(reply));
            }

            return reply;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return RelayReply.Failed(RelayFailure.Disabled);
        }
    }

    /// <inheritdoc/>
    public void OnNewCallRefused()
    {
        lock (_gate)
        {
            _restsUntil = Now + _options.RestTime;
        }

        Log.NodeResting(_logger, Name);
    }

    /// <summary>Probes the node, or joins the probe under way. Ends when the state is settled; never throws.</summary>
    public Task ProbeAsync()
    {
        lock (_gate)
        {
            if (_state == RelayNodeState.SwitchedOff || _stop.IsCancellationRequested)
            {
                return Task.CompletedTask;
            }

            return _probe is { IsCompleted: false } running ? running : _probe = Task.Run(RunProbeAsync);
        }
    }

    /// <summary>Enabling makes no probe, the next call uses the node; disabling lasts until it is enabled.</summary>
    public void SetEnabled(bool enabled)
    {
        RelayNodeState before;
        RelayNodeState after;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            before = _state;
            _state = (_state, enabled) switch
            {
                (RelayNodeState.Unprobed, true) => RelayNodeState.Unprobed,
                (_, true) => _probedAt == TimeSpan.MinValue ? RelayNodeState.Unprobed : RelayNodeState.Enabled,
                (_, false) => RelayNodeState.SwitchedOff,
            };
            after = _state;
        }

        if (before != RelayNodeState.Enabled && after == RelayNodeState.Enabled)
        {
            _changed(this, null);
        }
        else if (before is RelayNodeState.Enabled or RelayNodeState.Unprobed && after == RelayNodeState.SwitchedOff)
        {
            _changed(this, SwitchedOff);
        }
    }

    /// <summary>Whether the node gets no calls, when it is probed again, and why it gets none, as listings show it.</summary>
    public (bool IsDisabled, bool IsUnprobed, long Recheck, string Problem) Describe()
    {
        lock (_gate)
        {
            long recheck = _state switch
            {
                RelayNodeState.Enabled or RelayNodeState.Unprobed => 0,
                RelayNodeState.Disabled when _options.DisableTime >= TimeSpan.Zero => (long)_recheckAt.TotalSeconds,
                _ => -1,
            };
            string problem = _state switch
            {
                RelayNodeState.Enabled => "",
                RelayNodeState.Unprobed => "it has not answered yet",
                RelayNodeState.Disabled => _problem,
                _ => _stop.IsCancellationRequested ? Disposed : SwitchedOff,
            };
            bool disabled = _state is RelayNodeState.Disabled or RelayNodeState.SwitchedOff;
            return (disabled, _state == RelayNodeState.Unprobed, recheck, problem);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? probe;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            _stop.Cancel();
            _state = RelayNodeState.SwitchedOff;
            probe = _probe;
        }

        await (probe ?? Task.CompletedTask).ConfigureAwait(false);
        await _client.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunProbeAsync()
    {
        RelayProbe probe;
        try
        {
            probe = await _client.ProbeAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        RelayNodeState before;
        lock (_gate)
        {
            _probedAt = Now;
            before = _state;
            if (before == RelayNodeState.SwitchedOff)
            {
                return; // By hand, while we were asking.
            }

            _state = probe.IsUsable ? RelayNodeState.Enabled : RelayNodeState.Disabled;
            _problem = probe.Problem;
            _recheckAt = Now + _options.DisableTime;
        }

        if (before != RelayNodeState.Enabled && probe.IsUsable)
        {
            _changed(this, null);
        }
        else if (before != RelayNodeState.Disabled && !probe.IsUsable)
        {
            _changed(this, probe.Problem);
        }
    }

    private void OnFailure(CancellationTokenSource outage, string reason)
    {
        bool wasUp;
        lock (_gate)
        {
            // A failure that belongs to an earlier outage says nothing about a node that has come back since.
            if (_outage != outage)
            {
                return;
            }

            _outage = new CancellationTokenSource();
            wasUp = _state == RelayNodeState.Enabled;
            if (wasUp)
            {
                _state = RelayNodeState.Disabled;
                _problem = reason;
                _recheckAt = Now + _options.DisableTime;
            }
        }

        outage.Cancel();
        if (wasUp)
        {
            _changed(this, reason);
        }
    }
}
