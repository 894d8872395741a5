using RtpProxy.Daemon.Keeping;
using RtpProxy.Daemon.Options;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Daemon.Running;

/// <summary>What is otherwise where a keeper keeps the daemon (ADR 22).</summary>
internal sealed partial class DaemonProgram
{
    private static readonly TimeSpan FreezePatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeatPeriod = TimeSpan.FromSeconds(1);

    // What a client was told of an upgrade is on its way while this process ends.
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    // Thousands of sockets take milliseconds to close, which the other process needs now for the packets that have waited.
    private static readonly TimeSpan CatchUpTime = TimeSpan.FromMilliseconds(200);

    // The one that relays may be writing all that it knows.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(1);

    // Room on the way to the keeper comes with its next turn.
    private static readonly TimeSpan HoldPatience = TimeSpan.FromMilliseconds(500);

    private HeldBytes? _configuration;
    private volatile bool _isServing;
    private volatile bool _isFrozen;
    private bool _isHandedOver;
    private bool _isDrainTold;
    private volatile bool _isAlone;

    /// <summary>Waits until all is there that the relay before this one had open.</summary>
    private StartFault? WaitForKeeper()
    {
        if (_kept is null)
        {
            return null;
        }

        _kept.Begun.Wait(_signals.StopToken);
        _begin = _kept.Begun.Result;
        return LookForLostDescriptors();
    }

    /// <summary>All that can be done before this relay may read; where another one relays, the permission is waited for.</summary>
    private StartFault? Prepare()
    {
        if (_kept is null)
        {
            return null;
        }

        try
        {
            if (_host!.Prepare() is { } fault)
            {
                return StartFault.Of(fault);
            }
        }
        catch (IOException e)
        {
            return StartFault.Of($"can't open the file for call records: {e.Message}");
        }

        _kept.Say(new RelayMessage.Ready(_options.Workers ?? 1, ProgramVersion.Text));
        if (_begin!.Start == RelayStart.Upgrade)
        {
            WaitForPermission(_kept);
            if (!_host.TryClaim())
            {
                return StartFault.Of("the keeper has died, and the relay before this one goes on");
            }
        }

        return LookForLostDescriptors();
    }

    private void WaitForPermission(KeptLife kept)
    {
        TimeSpan wait;
        do
        {
            wait = _host!.LookAhead() ? TimeSpan.Zero : LookAgain;
        }
        while (!kept.MayRead.Wait((int)wait.TotalMilliseconds, _signals.StopToken));
    }

    private StartFault? LookForLostDescriptors() => _begin!.Start == RelayStart.Upgrade && _kept!.HasLostDescriptors
        ? StartFault.Of("not all sockets of the calls fit into the limit of open files (-L, LimitNOFILE=)")
        : null;

    private static KeeperContact? ContactOf(KeptLife? kept, KeeperMessage.Begin? begin) => kept is null || begin is null
        ? null
        : new KeeperContact
        {
            Start = begin.Start,
            Deaths = begin.Deaths,
            IsAlive = () => !kept.Lost.IsCompleted,
            UpgradeAsync = async () =>
            {
                KeeperMessage.Told told = await kept.UpgradeAsync().ConfigureAwait(false);
                return told.IsDone ? new UpgradeOutcome(told.Text, null) : new UpgradeOutcome(null, told.Text);
            },
        };

    private StartFault? TellKeeper()
    {
        if (_kept is not null)
        {
            KeepConfiguration(_kept);
            _kept.Say(new RelayMessage.Running());
            _heartbeat = new Heartbeat(BeatPeriod, () => _host!.AskAsync(_host.Operations.RollCall()), Beat, _logger);
        }

        return null;
    }

    /// <summary>What counts for this relay counts for one that follows it when it dies.</summary>
    private void KeepConfiguration(KeptLife kept)
    {
        byte[] answers = _texts.Answers.ToBytes();
        _configuration = new HeldBytes(kept.Keeper, kept.Legacies);
        if (answers.Length > 0 && !SpinWait.SpinUntil(() => _configuration.TryHold(KeptConfiguration.Name, answers), HoldPatience))
        {
            Keeping.Log.ConfigurationUnkept(_logger);
        }
    }

    private void Beat()
    {
        if (_isAlone)
        {
            _serviceManager.TellAlive();
            return;
        }

        _kept!.Say(new RelayMessage.Alive());
        if (!_isDrainTold && _host!.Operations.IsDraining)
        {
            _isDrainTold = true;
            _kept.Say(new RelayMessage.Draining());
        }
    }

    /// <summary>Serves until the end, or until another relay goes on.</summary>
    private void ServeKept(KeptLife kept)
    {
        _isServing = true;
        Task end = Task.WhenAny(_signals.StopRequested, _host!.Completion);
        Task slow = _signals.SlowShutdownRequested;
        List<Task> awaited = [end, slow, kept.Lost];
        while (!_isHandedOver)
        {
            Task first = Wait([.. awaited, kept.Steps.WaitToReadAsync().AsTask()]);
            awaited.Remove(first);
            if (first == end)
            {
                kept.Say(new RelayMessage.Ending());
                return;
            }

            if (first == slow)
            {
                Log.SlowShutdown(_logger);
                _serviceManager.TellLeaving();
                _host.BeginSlowShutdown();
            }

            while (!_isHandedOver && kept.Steps.TryRead(out KeeperMessage? message))
            {
                Take(kept, message);
            }

            if (first == kept.Lost && !_isHandedOver)
            {
                GoOnAlone(kept);
            }
        }
    }

    // A service manager had better hear of this process before it hears of the keeper's death.
    private void OnKeeperLost()
    {
        if (_isServing && !_isFrozen)
        {
            BecomeTheService();
        }
    }

    private void BecomeTheService()
    {
        _serviceManager = new ServiceManager(Environment.GetEnvironmentVariable(KeeperLink.ServiceVariable), _logger);
        _serviceManager.TellReady("Relaying, but the keeper has died: calls end with this process");
        _isAlone = true;
    }

    /// <summary>The keeper has died: of two relays one goes on, and is what whoever reads the pid file looks for.</summary>
    private void GoOnAlone(KeptLife kept)
    {
        if (_isFrozen)
        {
            if (!_host!.TryClaim())
            {
                LeaveToAnother(kept);
                return;
            }

            Thaw();
        }

        if (!_isAlone)
        {
            BecomeTheService();
        }

        if (_host!.Operations.IsDraining)
        {
            _serviceManager.TellLeaving();
        }

        _pidFile?.Write(Environment.ProcessId);
    }

    private void OnUpgradeSignal()
    {
        if (_isAlone)
        {
            Keeping.Log.NobodyUpgrades(_logger); // where the keeper lives, the signal is for that one, also where it was sent to both
        }
    }

    private void Take(KeptLife kept, KeeperMessage message)
    {
        switch (message)
        {
            case KeeperMessage.Freeze:
                Keeping.Log.Freezing(_logger);
                Freeze(kept);
                break;
            case KeeperMessage.Thaw:
                Thaw();
                break;
            case KeeperMessage.End:
                LeaveToAnother(kept);
                break;
        }
    }

    private void Freeze(KeptLife kept)
    {
        if (_host!.FreezeAsync(FreezePatience).GetAwaiter().GetResult())
        {
            _isFrozen = true;
            kept.Say(new RelayMessage.Frozen());
        }
        else
        {
            Keeping.Log.NotFrozen(_logger); // the keeper gives up in a moment, and says Thaw
        }
    }

    private void LeaveToAnother(KeptLife kept)
    {
        Keeping.Log.HandedOver(_logger);
        _isHandedOver = true;
        Thread.Sleep(kept.IsAnswerDue ? FarewellTime : CatchUpTime);
    }

    private void Thaw()
    {
        _isFrozen = false;
        _host!.Thaw();
        Keeping.Log.Thawed(_logger);
    }
}
