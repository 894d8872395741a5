using System.Globalization;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Daemon.Keeping;

/// <summary>
/// How a relay takes over from one that relays. Until the last step but one nothing has happened that cannot be taken back.
/// <code>
/// start, pass on, Begin ─► Ready ─► Freeze the old ─► Frozen ─► pass on what changed, Go ─► Running ─► End to the old ─► its end ─► Replace
/// </code>
/// </summary>
internal sealed partial class Succession
{
    private KeptRelay? _next;
    private UpgradeStep _step;
    private TimeSpan? _stepBy;
    private TimeSpan _frozenAt;
    private bool _isWantedAgain;

    private enum UpgradeStep
    {
        Preparing,
        Freezing,
        Restoring,
    }

    /// <summary>Somebody asks for an upgrade by a signal.</summary>
    public void Upgrade(TimeSpan now) => Upgrade(now, isOfClient: false);

    /// <param name="isOfClient">A client of the relay, which waits to be told; else nobody, or one who asked before for the one that is under way.</param>
    private void Upgrade(TimeSpan now, bool isOfClient)
    {
        if (_leaving is not null)
        {
            _isWantedAgain = true; // the one before it is as good as done
        }
        else if (WhyNoUpgrade() is { } reason)
        {
            hands.Tell(new SuccessionNews.UpgradeRefused(reason));
            if (isOfClient)
            {
                TellClients(reason);
            }
        }
        else
        {
            BeginUpgrade(now);
        }
    }

    private string? WhyNoUpgrade() => this switch
    {
        { _stopSignal: not null } or { _current.IsEnding: true } => "the relay is ending",
        { _next: not null } => "an upgrade is under way already",
        { _current: null or { IsRunning: false } } => "the relay is only starting, of the program that is there now",
        _ => null,
    };

    private void BeginUpgrade(TimeSpan now)
    {
        KeptRelay relay = new(++_lastNumber);
        if (hands.StartRelay(relay.Number, RelayProgram.Installed) is { } fault)
        {
            string reason = $"the program cannot be started: {fault}";
            hands.Tell(new SuccessionNews.UpgradeRefused(reason));
            TellClients(reason);
            return;
        }

        _next = relay;
        _step = UpgradeStep.Preparing;
        _stepBy = now + SuccessionTimes.Ready;
        hands.Tell(new SuccessionNews.UpgradeBegun(relay.Number));
        hands.PassOn(relay.Number);
        hands.Say(relay.Number, new KeeperMessage.Begin(RelayStart.Upgrade, _deaths));
    }

    private void OnMessageOfNext(RelayMessage message, TimeSpan now)
    {
        switch (message)
        {
            case RelayMessage.Ready ready when _step == UpgradeStep.Preparing:
                OnNextReady(ready, now);
                break;
            case RelayMessage.Running when _step == UpgradeStep.Restoring:
                OnNextRunning(now);
                break;
            case RelayMessage.Refused refused:
                _next!.Refusal = refused.Why;
                FailUpgrade(refused.Why, now);
                break;
        }
    }

    private void OnNextReady(RelayMessage.Ready ready, TimeSpan now)
    {
        (_next!.Workers, _next.Version) = (ready.Workers, ready.Version);
        if (ready.Workers != _current!.Workers)
        {
            FailUpgrade(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the new one would have {ready.Workers} workers and this one has {_current.Workers}, which calls are tied to"),
                now);
            return;
        }

        _step = UpgradeStep.Freezing;
        _stepBy = now + SuccessionTimes.Frozen;
        _frozenAt = now;
        hands.Say(_current.Number, new KeeperMessage.Freeze());
    }

    private void OnFrozen(TimeSpan now)
    {
        if (_next is null || _step != UpgradeStep.Freezing)
        {
            return; // said too late
        }

        _step = UpgradeStep.Restoring;
        _stepBy = now + SuccessionTimes.Running;
        hands.PassOnChanges(_next.Number);
        hands.Say(_next.Number, new KeeperMessage.Go());
    }

    private void OnNextRunning(TimeSpan now)
    {
        _leaving = _current;
        _leaveBy = now + SuccessionTimes.End;
        TakeOver(now);
        hands.Tell(new SuccessionNews.UpgradeDone(_current!.Number, _current.Version, now - _frozenAt));
        hands.Say(_leaving!.Number, new KeeperMessage.Told(IsDone: true, _current.Version));
        hands.Say(_leaving.Number, new KeeperMessage.End());
    }

    private void TakeOver(TimeSpan now)
    {
        _current = _next;
        _current!.IsRunning = true;
        _current.AliveAt = now;
        _startedAt = now;
        _next = null;
        _stepBy = null;
        _isReplaceDue = true;
        if (_isDraining)
        {
            hands.Say(_current.Number, new KeeperMessage.Drain());
        }
    }

    private void OnNextEnded(KeptRelay next, int status, TimeSpan now) => FailUpgrade(
        next.Refusal ?? string.Create(CultureInfo.InvariantCulture, $"the new one ended with status {status} before it could relay"),
        now);

    private void OnStepMissed(TimeSpan now) => FailUpgrade(
        _step switch
        {
            UpgradeStep.Preparing => $"the new one was not ready within {SuccessionTimes.Ready.TotalSeconds} s",
            UpgradeStep.Freezing => $"the old one did not stand still within {SuccessionTimes.Frozen.TotalSeconds} s",
            _ => $"the new one did not relay within {SuccessionTimes.Running.TotalSeconds} s",
        },
        now);

    private void FailUpgrade(string why, TimeSpan now)
    {
        bool isHeld = _step != UpgradeStep.Preparing;
        AbandonUpgrade();
        if (isHeld)
        {
            hands.Say(_current!.Number, new KeeperMessage.Thaw());
        }

        OnStoodStill(now);
        hands.Tell(new SuccessionNews.UpgradeFailed(why));
        TellClients(why);
    }

    private void AbandonUpgrade()
    {
        if (_next is { } next)
        {
            _next = null;
            _stepBy = null;
            hands.Kill(next.Number);
        }
    }

    private void TellClients(string why)
    {
        if (_current is { } current)
        {
            hands.Say(current.Number, new KeeperMessage.Told(IsDone: false, why));
        }
    }

    /// <summary>The one that relayed has died in the middle of an upgrade.</summary>
    /// <returns>The new one relays, or is about to; else it is gone too, and one is started as after any death.</returns>
    private bool PromoteNext(TimeSpan now)
    {
        if (_next is null)
        {
            return false;
        }

        if (_step != UpgradeStep.Restoring)
        {
            AbandonUpgrade();
            hands.Tell(new SuccessionNews.UpgradeFailed("the relay has died meanwhile"));
            return false;
        }

        // It has all that the old one wrote, and was told to read: it is as one that was started after a death.
        _current = _next;
        _next = null;
        _stepBy = null;
        _startedAt = now;
        _startBy = now + SuccessionTimes.Restart;
        _isReplaceDue = true;
        return true;
    }

    // The old one is gone.
    private void OnLeft(TimeSpan now)
    {
        if (_isWantedAgain)
        {
            _isWantedAgain = false;
            Upgrade(now);
        }

        ReplaceIfDue();
    }

    // The keeper becomes the new program too, unless the next upgrade has been asked for already.
    private void ReplaceIfDue()
    {
        if (_isReplaceDue && IsAtRest)
        {
            _isReplaceDue = false;
            hands.Replace();
        }
    }
}
