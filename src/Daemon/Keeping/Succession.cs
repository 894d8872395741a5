using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Daemon.Keeping;

/// <summary>
/// Which relay relays, and which comes after it (ADR 22): what a keeper does about every message, end and signal.
/// <code>
/// Start ─► starting ─► running ─┬─ died ─► [pause] ─► starting …
///                               ├─ upgrade ─► Succession.Upgrade.cs ─► running, the new one
///                               └─ told to stop, or its end is meant ─► the keeper ends with its status
/// </code>
/// </summary>
/// <remarks>Pure: what is to be done goes to the hands, times are arguments. Owned by one thread.</remarks>
internal sealed partial class Succession(ISuccessionHands hands)
{
    private KeptRelay? _current;
    private KeptRelay? _leaving; // after an upgrade
    private TimeSpan _startedAt;
    private TimeSpan? _startBy;
    private TimeSpan? _restartAt;
    private TimeSpan? _endBy;
    private TimeSpan? _leaveBy;
    private TimeSpan _diedAt;
    private TimeSpan _pause;
    private int _lastNumber;
    private int _deaths;
    private int _vainStarts; // since one came to relay
    private bool _isDraining;
    private int? _stopSignal;
    private bool _isReplaceDue;

    /// <summary>The number of the relay that relays, or is about to; null in a pause.</summary>
    public int? Current => _current?.Number;

    /// <summary>When <see cref="OnTime"/> is due at the latest.</summary>
    public TimeSpan? NextDeadline => new[] { _startBy, _restartAt, _endBy, _leaveBy, _stepBy, HungAt }.Min();

    private TimeSpan? HungAt => _current is { AliveAt: { } at, IsEnding: false } && _stepBy is null ? at + SuccessionTimes.Silence : null;

    /// <summary>The first relay. If it ends before it runs, so does the keeper.</summary>
    public void Start(TimeSpan now)
    {
        if (StartRelay(RelayStart.First, now) is { } fault)
        {
            hands.Tell(new SuccessionNews.Died(_lastNumber, 1, fault, TimeSpan.Zero));
            hands.End(1);
        }
    }

    /// <summary>Goes on with a relay that runs already, as another keeper left it (<see cref="State"/>).</summary>
    public void Resume(SuccessionState state, TimeSpan now)
    {
        _current = new KeptRelay(state.Relay) { IsRunning = true, Workers = state.Workers, Version = state.Version, AliveAt = now };
        _lastNumber = state.Relay;
        _deaths = state.Deaths;
        _isDraining = state.IsDraining;
    }

    /// <summary>One relay runs and nothing else is under way: <see cref="State"/> is all of it.</summary>
    public bool IsAtRest =>
        _leaving is null && _next is null && _stopSignal is null && _current is { IsRunning: true, IsEnding: false };

    /// <summary>What another keeper has to know to go on, if <see cref="IsAtRest"/>.</summary>
    public SuccessionState State => new(_current!.Number, _current.Workers, _current.Version, _deaths, _isDraining);

    public void OnMessage(int relay, RelayMessage message, TimeSpan now)
    {
        if (relay == _next?.Number)
        {
            OnMessageOfNext(message, now);
            return;
        }

        if (relay != _current?.Number)
        {
            return; // of one that is leaving
        }

        switch (message)
        {
            case RelayMessage.Ready ready:
                (_current.Workers, _current.Version) = (ready.Workers, ready.Version);
                break;
            case RelayMessage.Running when !_current.IsRunning:
                OnRunning(_current, now);
                break;
            case RelayMessage.Frozen:
                OnFrozen(now);
                break;
            case RelayMessage.Refused refused:
                _current.Refusal = refused.Why;
                break;
            case RelayMessage.UpgradeWanted:
                Upgrade(now, isOfClient: true);
                break;
            case RelayMessage.Draining:
                _isDraining = true;
                hands.Tell(new SuccessionNews.Draining());
                break;
            case RelayMessage.Ending:
                _current.IsEnding = true;
                break;
            case RelayMessage.Alive:
                _current.AliveAt = now;
                hands.Tell(new SuccessionNews.Beat());
                break;
        }
    }

    /// <summary>A relay has ended.</summary>
    /// <param name="status">128 + N if signal N ended it.</param>
    public void OnEnded(int relay, int status, TimeSpan now)
    {
        if (relay == _next?.Number)
        {
            OnNextEnded(_next, status, now);
        }
        else if (relay == _leaving?.Number)
        {
            _leaving = null;
            _leaveBy = null;
            OnLeft(now);
        }
        else if (relay == _current?.Number)
        {
            OnCurrentEnded(_current, status, now);
        }
    }

    /// <summary>A signal that asks for the end, of the keeper and its relay.</summary>
    public void Stop(int signal, TimeSpan now)
    {
        bool isHurried = _stopSignal is not null;
        _stopSignal = signal;
        hands.Tell(new SuccessionNews.Stopping(signal));
        if (_next is not null)
        {
            FailUpgrade("the keeper was told to end", now);
        }

        if (_current is null)
        {
            hands.End(0);
            return;
        }

        _current.IsEnding = true;
        hands.Say(_current.Number, new KeeperMessage.Stop(signal, isHurried));
        _endBy ??= now + SuccessionTimes.End;
        _startBy = null;
    }

    /// <summary>No new sessions; the end comes with the last one.</summary>
    public void Drain()
    {
        _isDraining = true;
        hands.Tell(new SuccessionNews.Draining());
        if (_current is { IsRunning: true })
        {
            hands.Say(_current.Number, new KeeperMessage.Drain());
        }
    }

    /// <summary>It is so late now.</summary>
    public void OnTime(TimeSpan now)
    {
        if (_restartAt <= now)
        {
            _restartAt = null;
            Restart(now);
        }

        if (_startBy <= now)
        {
            _startBy = null;
            _current!.Refusal ??= $"it did not relay within {SuccessionTimes.Restart.TotalSeconds} s";
            hands.Kill(_current.Number);
        }

        if (_endBy <= now)
        {
            _endBy = null;
            hands.Kill(_current!.Number);
        }

        if (_leaveBy <= now)
        {
            _leaveBy = null;
            hands.Kill(_leaving!.Number);
        }

        if (_stepBy <= now)
        {
            OnStepMissed(now);
        }

        if (HungAt <= now)
        {
            hands.Tell(new SuccessionNews.Hung(_current!.Number, SuccessionTimes.Silence));
            _current.AliveAt = null;
            hands.Kill(_current.Number);
        }
    }

    /// <summary>The keeper itself stood still until now, and perhaps its relay too: what was not said in that time says nothing.</summary>
    public void OnStoodStill(TimeSpan now)
    {
        if (_current is { AliveAt: not null })
        {
            _current.AliveAt = now;
        }
    }

    private string? StartRelay(RelayStart start, TimeSpan now)
    {
        KeptRelay relay = new(++_lastNumber);
        RelayProgram program = start == RelayStart.First || _vainStarts >= SuccessionTimes.TriesOfSame
            ? RelayProgram.Installed
            : RelayProgram.Same;
        if (hands.StartRelay(relay.Number, program) is { } fault)
        {
            _vainStarts++;
            return fault;
        }

        _current = relay;
        _startedAt = now;
        hands.PassOn(relay.Number);
        hands.Say(relay.Number, new KeeperMessage.Begin(start, _deaths));
        return null;
    }

    private void OnRunning(KeptRelay relay, TimeSpan now)
    {
        relay.IsRunning = true;
        _vainStarts = 0;
        relay.AliveAt = now;
        _startBy = null;
        SuccessionNews news = _deaths == 0
            ? new SuccessionNews.Relaying(relay.Number)
            : new SuccessionNews.Restored(relay.Number, _deaths, now - _diedAt);
        hands.Tell(news);
        if (_isDraining)
        {
            hands.Say(relay.Number, new KeeperMessage.Drain());
        }

        ReplaceIfDue();
    }

    private void OnCurrentEnded(KeptRelay relay, int status, TimeSpan now)
    {
        bool wasFirst = !relay.IsRunning && _deaths == 0;
        if (relay.IsEnding || _stopSignal is not null || wasFirst)
        {
            AbandonUpgrade();
            hands.End(status);
            return;
        }

        _current = null;
        _startBy = null;
        _deaths++;
        _vainStarts += relay.IsRunning ? 0 : 1;
        _diedAt = relay.IsRunning ? now : _diedAt;
        if (PromoteNext(now))
        {
            hands.Tell(new SuccessionNews.Died(relay.Number, status, relay.Refusal, TimeSpan.Zero));
            return;
        }

        // One that ran is followed at once; one that did not come so far has something that a moment may mend, or nothing will.
        bool isLasting = relay.IsRunning && now - _startedAt >= SuccessionTimes.FirstPause;
        _pause = isLasting ? TimeSpan.Zero : NextPause();
        hands.Tell(new SuccessionNews.Died(relay.Number, status, relay.Refusal, _pause));
        RestartLater(now);
    }

    private TimeSpan NextPause()
    {
        TimeSpan doubled = _pause * 2;
        return doubled < SuccessionTimes.FirstPause ? SuccessionTimes.FirstPause
            : doubled < SuccessionTimes.LongestPause ? doubled
            : SuccessionTimes.LongestPause;
    }

    private void RestartLater(TimeSpan now)
    {
        if (_pause == TimeSpan.Zero)
        {
            Restart(now);
        }
        else
        {
            _restartAt = now + _pause;
        }
    }

    private void Restart(TimeSpan now)
    {
        if (StartRelay(RelayStart.AfterDeath, now) is { } fault)
        {
            _pause = NextPause();
            hands.Tell(new SuccessionNews.Died(_lastNumber, 1, fault, _pause));
            RestartLater(now);
        }
        else
        {
            _startBy = now + SuccessionTimes.Restart;
        }
    }
}
