using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RtpProxy.Daemon.Running;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Daemon.Keeping;

/// <summary>The life of a relay as its keeper sees it: what the keeper wants, for whoever does it.</summary>
/// <remarks>Filled by the thread that hears the keeper; the main thread waits.</remarks>
internal sealed class KeptLife
{
    private static readonly TimeSpan TellPatience = TimeSpan.FromSeconds(2);

    private readonly KeeperLink _link;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource<KeeperMessage.Begin> _begin = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<KeeperMessage> _steps = Channel.CreateUnbounded<KeeperMessage>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true });

    private readonly Lock _lock = new();
    private TaskCompletionSource<KeeperMessage.Told>? _told;

    public KeptLife(KeeperLink link, ILogger logger)
    {
        _link = link;
        _logger = logger;
    }

    public IKeeper Keeper => _link;

    public Legacies Legacies => _link.Legacies;

    /// <summary>Descriptors that the keeper holds did not come here: this process may open no more.</summary>
    public bool HasLostDescriptors => _link.HasLostDescriptors;

    /// <summary>Completes when the keeper says so: all has been passed on.</summary>
    public Task<KeeperMessage.Begin> Begun => _begin.Task;

    /// <summary>Completes when this relay may read, where another one did before.</summary>
    public Task MayRead => _go.Task;

    /// <summary>Completes when the keeper has died.</summary>
    public Task Lost => _lost.Task;

    /// <summary>Freeze, Thaw and End, in their order.</summary>
    public ChannelReader<KeeperMessage> Steps => _steps.Reader;

    /// <summary>A client has asked for an upgrade, and gets its answer from this process.</summary>
    public bool IsAnswerDue { get; private set; }

    /// <summary>Begins to hear the keeper.</summary>
    /// <param name="signals">Does what the keeper was told by signals.</param>
    /// <param name="lost">At once when the keeper has died, before <see cref="Lost"/>; on the thread that hears it.</param>
    public void Start(SignalWatch signals, Action lost) => _link.Start(message => Take(message, signals), () => Lose(lost));

    /// <summary>Says something that the keeper must not miss; waits a little for room on the way to it.</summary>
    public void Say(RelayMessage message)
    {
        long limit = Environment.TickCount64 + (long)TellPatience.TotalMilliseconds;
        while (!_link.Say(message) && Environment.TickCount64 < limit)
        {
            Thread.Sleep(1);
        }
    }

    /// <summary>Asks for an upgrade. Thread-safe.</summary>
    /// <returns>How it went, while this relay still runs.</returns>
    public Task<KeeperMessage.Told> UpgradeAsync()
    {
        Task<KeeperMessage.Told> told;
        bool isFirst;
        lock (_lock)
        {
            isFirst = _told is null;
            IsAnswerDue = true;
            told = (_told ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        if (Lost.IsCompleted)
        {
            Tell(new KeeperMessage.Told(IsDone: false, "the keeper has died"));
        }
        else if (isFirst)
        {
            Say(new RelayMessage.UpgradeWanted());
        }

        return told;
    }

    private void Take(KeeperMessage message, SignalWatch signals)
    {
        switch (message)
        {
            case KeeperMessage.Begin begin:
                _begin.TrySetResult(begin);
                break;
            case KeeperMessage.Go:
                _go.TrySetResult();
                break;
            case KeeperMessage.Stop stop:
                signals.Stop(stop.Signal, stop.IsHurried);
                break;
            case KeeperMessage.Drain:
                signals.Drain();
                break;
            case KeeperMessage.Told told:
                Tell(told);
                break;
            case KeeperMessage.Freeze or KeeperMessage.Thaw or KeeperMessage.End:
                _steps.Writer.TryWrite(message);
                break;
        }
    }

    private void Lose(Action lost)
    {
        lost();
        Log.KeeperLost(_logger);
        Tell(new KeeperMessage.Told(IsDone: false, "the keeper has died"));
        _lost.TrySetResult();
        _begin.TrySetCanceled();
        _go.TrySetCanceled();
    }

    private void Tell(KeeperMessage.Told told)
    {
        lock (_lock)
        {
            _told?.TrySetResult(told);
            _told = null;
        }
    }
}
