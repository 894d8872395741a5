using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Keeping;

/// <summary>
/// The keeper at work: waits for messages, ends and signals, asks <see cref="Succession"/> what is to be done, and does it.
/// </summary>
/// <remarks>Everything on the thread that runs it.</remarks>
internal sealed partial class KeeperLoop : ISuccessionHands, IDisposable
{
    private const int SignalTag = 0; // relays have numbers from 1 on
    private const int MessagesInTurn = 512;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan StoodStill = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ReapPatience = TimeSpan.FromSeconds(2);

    private readonly string _program;
    private readonly KeeperSignals _signals;
    private readonly KeeperNotices _notices;
    private readonly ILogger _logger;
    private readonly Succession _succession;
    private readonly EpollSet _epoll = new();
    private readonly EpollEventBuffer _events = new(16);
    private readonly Dictionary<int, RelayWay> _relays = [];
    private readonly HeldDescriptors _held = new();
    private readonly List<FdHandle> _arrived = [];
    private readonly byte[] _buffer = new byte[DescriptorChannel.MaxMessage];
    private ProgramFile? _running; // of the relay that relayed last
    private int? _owner; // the relay whose word on what is held counts
    private int? _status;
    private bool _isReplaceDue;
    private bool _isShortTold;

    /// <param name="program">Where relays are found.</param>
    public KeeperLoop(string program, KeeperSignals signals, KeeperNotices notices, ILogger logger)
    {
        _program = program;
        _signals = signals;
        _notices = notices;
        _logger = logger;
        _succession = new Succession(this);
        _epoll.Add(signals.Descriptor, SignalTag);
    }

    private static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>Starts the first relay, or goes on with what another keeper has left, until the end.</summary>
    /// <param name="become">Makes this process the program that is at the path now; returns why that did not work.</param>
    /// <returns>The exit status.</returns>
    public int Run(KeeperState? left, Func<KeeperState, string> become)
    {
        if (left is null)
        {
            _succession.Start(Now);
        }
        else
        {
            Resume(left);
        }

        while (_status is null)
        {
            TimeSpan before = Now;
            Turn();
            if (Now - before >= StoodStill)
            {
                _succession.OnStoodStill(Now);
            }

            _succession.OnTime(Now);
            Settle();
            if (_isReplaceDue && _status is null && CanBeReplaced(out KeeperState? state))
            {
                _isReplaceDue = false;
                Log.NotReplaced(_logger, become(state));
            }
        }

        return _status.Value;
    }

    public string? StartRelay(int relay, RelayProgram program)
    {
        try
        {
            RelayProcess process = program == RelayProgram.Same
                ? RelayProcess.Start(PathOfSame(), _held.Find(KeptConfiguration.Name)?[0], KeeperSignals.OfKeeper)
                : RelayProcess.Start(_program, configuration: null, KeeperSignals.OfKeeper);
            Watch(relay, new RelayWay(process));
            return null;
        }
        catch (Win32Exception refused)
        {
            return refused.Message;
        }
    }

    public void PassOn(int relay) => _relays[relay].PassOn(_held.All);

    public void PassOnChanges(int relay)
    {
        RelayWay way = _relays[relay];
        List<string> gone = [.. way.Changes.Where(name => _held.Find(name) is null)];
        way.PassOn(way.Changes.Except(gone).Select(name => (name, _held.Find(name)!)));
        way.Withdraw(gone);
        way.Changes.Clear();
    }

    public void Say(int relay, KeeperMessage message)
    {
        if (_relays.TryGetValue(relay, out RelayWay? way))
        {
            way.Send(message);
        }
    }

    public void Kill(int relay)
    {
        if (_relays.TryGetValue(relay, out RelayWay? way))
        {
            way.Process.Kill();
        }
    }

    public void Replace() => _isReplaceDue = true;

    public void End(int status) => _status = status;

    public void Tell(SuccessionNews news) =>
        _notices.On(news, relay => _relays.TryGetValue(relay, out RelayWay? way) ? way.Process.Id : 0);

    public void Dispose()
    {
        foreach (RelayWay way in _relays.Values)
        {
            way.Dispose();
        }

        _held.Dispose();
        _running?.Dispose();
        _events.Dispose();
        _epoll.Dispose();
    }

    private void Resume(KeeperState left)
    {
        Watch(left.Relay, new RelayWay(new RelayProcess(left.ProcessId, DescriptorChannel.Own(left.Channel))));
        bool isWhole = left.IsWhole;
        foreach ((string name, int[] descriptors) in left.Held)
        {
            bool areOpen = Array.TrueForAll(
                descriptors, descriptor => LibC.fcntl(descriptor, LibC.F_SETFD, LibC.FD_CLOEXEC) == 0);
            isWhole &= areOpen;
            if (areOpen)
            {
                _held.Hold(name, Array.ConvertAll(descriptors, FdHandle.Own));
            }
        }

        _succession.Resume(new(left.Relay, left.Workers, left.Version, left.Deaths, left.IsDraining), Now);
        _owner = left.Relay;
        Remember(_relays[left.Relay]);
        if (!isWhole)
        {
            Log.HeldUnknown(_logger);
            Say(left.Relay, new KeeperMessage.HoldAgain());
        }

        _notices.Resumed(_held.Count);
    }

    private bool CanBeReplaced([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out KeeperState? state)
    {
        state = null;
        if (!_succession.IsAtRest || _relays.Count != 1 || !_relays.TryGetValue(_succession.Current ?? 0, out RelayWay? way) || way.IsBehind)
        {
            return false;
        }

        SuccessionState at = _succession.State;
        state = new KeeperState
        {
            ProcessId = way.Process.Id,
            Channel = way.Process.Channel.Descriptor,
            Relay = at.Relay,
            Workers = at.Workers,
            Version = at.Version,
            Deaths = at.Deaths,
            IsDraining = at.IsDraining,
            Program = _program,
            Held = [.. _held.All],
        };
        return true;
    }

    // By its path where that is still it, so that it has its name in lists of processes.
    private string PathOfSame()
    {
        if (_running is null || _running.IsAt(_program))
        {
            return _program;
        }

        Log.SameProgram(_logger, _program);
        return _running.Path;
    }

    private void Remember(RelayWay way)
    {
        _running?.Dispose();
        _running = ProgramFile.TryOpen(way.Process.Id);
    }

    private void Watch(int relay, RelayWay way)
    {
        _relays.Add(relay, way);
        _epoll.Add(way.Process.Channel.Descriptor, relay);
    }

    private void Turn()
    {
        bool isHasty = _relays.Values.Any(way => way.IsBehind || way.EndsBy is not null);
        TimeSpan wait = _succession.NextDeadline is { } deadline && deadline - Now < Tick ? deadline - Now : Tick;
        wait = isHasty && wait > ShortWait ? ShortWait : wait;
        int count = _epoll.Wait(_events, Math.Max(0, (int)Math.Ceiling(wait.TotalMilliseconds)));
        for (int i = 0; i < count; i++)
        {
            if (_events.TagAt(i) == SignalTag)
            {
                TakeSignals();
            }
            else
            {
                TakeMessages(_events.TagAt(i));
            }
        }

        foreach ((int relay, RelayWay way) in _relays.ToArray())
        {
            way.SendWaiting();
            Reap(relay, way);
        }
    }

    private void TakeSignals()
    {
        while (_signals.TryTake(out int signal))
        {
            switch (signal)
            {
                case KeeperSignals.Drain:
                    _succession.Drain();
                    break;
                case KeeperSignals.Upgrade:
                    _succession.Upgrade(Now);
                    break;
                default:
                    _succession.Stop(signal, Now);
                    break;
            }
        }
    }

    // It has closed its end, by ending: there is no other way to do so. Its status is there in a moment.
    private void Reap(int relay, RelayWay way)
    {
        if (way.EndsBy is not { } limit)
        {
            return;
        }

        const int Killed = 137; // 128 + SIGKILL; one that hangs in the kernel, whatever becomes of it
        int? status = way.Process.TryReap() ?? (Now >= limit ? Killed : null);
        if (status is not null)
        {
            way.EndsBy = null;
            _succession.OnEnded(relay, status.Value, Now);
            _relays.Remove(relay);
            way.Dispose();
            Settle();
        }
    }
}
