using System.Net;
using RtpProxy.Hosting.Admin;
using RtpProxy.Hosting.Load;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Io.Net.Engines;
using RtpProxy.Io.Posix;
using RtpProxy.Io.Posix.Host;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Hosting;

/// <summary>
/// A whole relay: workers and their engines, control sockets, recordings, prompts and notices, wired together. Used by the
/// daemon, by programs that carry a relay inside, and by tests.
/// <code>
/// new RelayHost → OpenControlSockets (may need privileges; no thread yet) → Start → ... → StopAsync or slow shutdown
/// </code>
/// </summary>
/// <remarks>Started and stopped by one thread; <see cref="AskAsync"/> and the counters are thread-safe.</remarks>
public sealed partial class RelayHost : IAsyncDisposable
{
    private const int MaxLooksAtCommands = 50; // a second: commands may come all the time

    private static readonly TimeSpan DrainPeriod = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StopPatience = TimeSpan.FromMilliseconds(400);

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDraining;
    private Housekeeping? _housekeeping;
    private bool _isStopped;

    /// <summary>The control sockets, in the order of the options; none before <see cref="OpenControlSockets"/>.</summary>
    public IReadOnlyList<IControlEndpoint> Endpoints => _control.Endpoints;

    /// <summary>Sessions alive now, over all workers. A hint: workers go on while it is added up.</summary>
    public int SessionCount => _workers.Sum(worker => worker.SessionCount);

    /// <summary>Packets that came in the last whole second, over all workers.</summary>
    public long PacketRate => _workers.Sum(worker => worker.PacketRate);

    /// <summary>Serves those who look after the relay; null unless the options want it.</summary>
    public AdminService? Admin { get; }

    /// <summary>The limits in force; the soft one has been raised as far as it goes.</summary>
    public DescriptorLimit Descriptors { get; }

    /// <summary>What the engines count beside the core, by worker.</summary>
    public IReadOnlyList<EngineCounters> EngineCounters => [.. _engines.Select(engine => engine.Counters)];

    /// <summary>Copies between workers that were lost.</summary>
    public long LinkDrops => _links.Dropped;

    /// <summary>Ends when a slow shutdown has seen the last session go; the caller then stops the host.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Binds the control sockets; starts nothing. Needs whatever privileges the addresses need.</summary>
    /// <exception cref="ControlSocketException">One of them cannot be opened; those before it are closed by disposing.</exception>
    /// <exception cref="OperationCanceledException">Stopped while a port of a daemon that has ended was waited for.</exception>
    public void OpenControlSockets(CancellationToken stop = default)
    {
        _control.Open(stop);
        Admin?.Open(_keptSockets);
        _hostAddresses.Protect(Endpoints.Select(endpoint => endpoint.BoundTo).OfType<IPEndPoint>());
    }

    /// <summary>
    /// Sockets of the program around the relay that take orders from the network: media goes there as little as to control
    /// sockets. Thread-safe; at any time.
    /// </summary>
    /// <param name="sockets">As they are bound.</param>
    public void Protect(IEnumerable<IPEndPoint> sockets) => _hostAddresses.Protect(sockets);

    /// <summary>Starts the workers, and begins to serve.</summary>
    /// <exception cref="IOException">A file for call records cannot be opened.</exception>
    /// <exception cref="InvalidOperationException">What <see cref="Prepare"/> says.</exception>
    public void Start()
    {
        if (!_isPrepared && Prepare() is { } fault)
        {
            throw new InvalidOperationException(fault);
        }

        GoOn();
        if (_kept is { IsDraining: true })
        {
            BeginSlowShutdown(); // before a command is read that has waited
        }

        _audience.Start((skip, take) => AskAsync(_operations.ListSessions(new SessionFilter(), SessionOrder.Oldest, skip, take)));
        for (int i = 0; i < _engines.Length; i++)
        {
            _engines[i].Start(new RelayCore(_workers[i]));
        }

        _recordings.Start();
        _control.Start(onInputEnd: BeginSlowShutdown);
        _housekeeping = new Housekeeping(Chores(), _logger);
        _housekeeping.Start();
        Admin?.Start();
        _started.TrySetResult();
    }

    /// <summary>What can be asked of the relay; <see cref="AskAsync"/> carries it out. Thread-safe.</summary>
    public RelayOperations Operations => _operations;

    /// <summary>Carries an operation out. Thread-safe.</summary>
    /// <returns>The same, finished; its continuation runs on the thread pool.</returns>
    /// <exception cref="InvalidOperationException">The relay is stopping, or a step met a defect.</exception>
    public Task<T> AskAsync<T>(T operation)
        where T : Operation
    {
        ArgumentNullException.ThrowIfNull(operation);
        var end = new AwaitedErrand<T>(operation);
        _router.Carry(operation, end);
        return end.Task;
    }

    /// <summary>
    /// Slow shutdown (control protocol, section 8.2): no new sessions from now on, and <see cref="Completion"/> when the
    /// last one is gone. Also entered by the end of standard input (section 1.3).
    /// </summary>
    public void BeginSlowShutdown()
    {
        if (Interlocked.Exchange(ref _isDraining, 1) == 0)
        {
            _operations.BeginDrain();
            _ = CompleteWhenEmptyAsync();
        }
    }

    /// <summary>
    /// Ends at once, within a second: sessions are dropped, recordings completed, queued notices sent if their target
    /// takes them, socket files removed.
    /// </summary>
    /// <param name="handedOver">
    /// After <see cref="FreezeAsync"/>: another process goes on with the sessions, so nobody is told that they have ended, and
    /// socket files stay.
    /// </param>
    public async Task StopAsync(bool handedOver = false)
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        if (handedOver)
        {
            _control.LetGo();
            Admin?.LetGo();
        }

        await _control.BeginStopAsync().ConfigureAwait(false);
        Task adminEnd = Admin?.StopAsync() ?? Task.CompletedTask;
        foreach (IEngine<RelayCore> engine in _engines)
        {
            engine.BeginStop();
        }

        _standstill.End();
        foreach (IEngine<RelayCore> engine in _engines)
        {
            engine.Stop();
        }

        Task noticesEnd = _audience.EndNoticesAsync(); // while controllers take their last replies
        await Task.WhenAny(Task.WhenAll(_control.Served, adminEnd), Task.Delay(StopPatience)).ConfigureAwait(false);
        _housekeeping?.Stop();
        await _control.StopAsync().ConfigureAwait(false);
        await noticesEnd.ConfigureAwait(false);
        _recordings.Stop(handedOver);
        await _audience.EndRecordsAsync(leaving: handedOver ? [] : _workers, MonotonicClock.Now).ConfigureAwait(false);
        _faults.Tell(all: true);
    }

    /// <summary>
    /// Removes the files of Unix control sockets, and nothing else: for a process that ends without waiting for
    /// <see cref="StopAsync(bool)"/>. Thread-safe.
    /// </summary>
    public void RemoveSocketFiles()
    {
        _control.RemoveFiles();
        Admin?.RemoveFile();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        foreach (IEngine<RelayCore> engine in _engines)
        {
            engine.Dispose();
        }

        if (Admin is not null)
        {
            await Admin.DisposeAsync().ConfigureAwait(false);
        }

        _housekeeping?.Dispose();
        _control.Dispose();
        _kept?.Dispose();
        _recordings.Dispose();
        _audience.Dispose();
    }

    // Two looks in a row: a command that was under way when the shutdown began has its session counted by then. Who ended the last
    // session is answered first; it may have more workers to visit.
    private async Task CompleteWhenEmptyAsync()
    {
        await _started.Task.ConfigureAwait(false); // before that, sessions that go on are not there yet
        _kept?.IsDraining = true;
        int waited = 0;
        for (int looks = 0; looks < 2; looks = IsEmpty() ? looks + 1 : 0)
        {
            await Task.Delay(DrainPeriod).ConfigureAwait(false);
        }

        bool IsEmpty() => SessionCount == 0 && (_control.Commands.All(protocol => protocol.UnderWay == 0) || waited++ >= MaxLooksAtCommands);

        _completion.TrySetResult();
    }

    private List<Action> Chores()
    {
        var load = new LoadWatch(_options.Load, new HostFiles(), () => _workers.Sum(worker => worker.ByteRate), _logger);
        var descriptors = new DescriptorWatch(Descriptors, () => SessionCount, _logger);
        List<Action> chores =
        [
            _control.SweepReplies,
            () => _operations.Overload = load.Look(),
            () => _faults.Tell(),
            _hostAddresses.RefreshWhenOld,
            descriptors.Look,
            LookAfterKeeping,
        ];
        if (_options.ReturnsMemory)
        {
            chores.Add(MemoryReturn.Of(_workers).OnSecond);
        }

        return chores;
    }
}
