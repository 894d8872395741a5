using Microsoft.Extensions.Logging;
using RtpProxy.Admin;
using RtpProxy.Watch.CommandLine;

namespace RtpProxy.Watch.Nodes;

/// <summary>
/// A relay that is watched: connects, asks for figures every second, hands on its events, connects again with growing pauses.
/// Everything but <see cref="RunAsync"/> is thread-safe.
/// </summary>
internal sealed class Node(NodeAddress address, TimeProvider time, ILogger<Node> logger)
{
    private const int HostEvery = 5; // Of so many questions for counters, one goes with a question for the host.

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly RecentLag _lag = new();
    private NodeLink? _link;
    private NodeSnapshot _snapshot = new(address.Name, false, time.GetUtcNow()) { Fault = "not asked yet" };

    public string Name => address.Name;

    public NodeSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>Told about each event of the relay, one after the other. Set before <see cref="RunAsync"/>.</summary>
    public required Action<Node, EventNotice> OnEvent { get; init; }

    /// <summary>Told about each sample of counters, and of how a relay counts anew. Set before <see cref="RunAsync"/>.</summary>
    public required Action<Node, RelayCounters> OnCounters { get; init; }

    /// <exception cref="NodeFaultException">The relay is away, or does not answer.</exception>
    /// <exception cref="NodeRefusalException">The relay says no.</exception>
    public async Task<AdminReply> AskAsync(AdminRequest request, CancellationToken stop)
    {
        NodeLink link = Snapshot.IsUp && Volatile.Read(ref _link) is { } open
            ? open
            : throw new NodeFaultException(Snapshot.Fault ?? "the relay is away");
        return await link.AskAsync(request, stop).ConfigureAwait(false);
    }

    /// <summary>Until told to stop; over an inherited connection until that is closed.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        TimeSpan pause = FirstPause;
        while (!stop.IsCancellationRequested)
        {
            string fault;
            try
            {
                await using NodeLink link = await OpenAsync(stop).ConfigureAwait(false);
                pause = FirstPause;
                fault = (await AttendAsync(link, stop).ConfigureAwait(false)).Message;
            }
            catch (Exception e) when (e is NodeFaultException or NodeRefusalException)
            {
                fault = e.Message;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            SetAway(fault);
            if (address.Path is null)
            {
                return;
            }

            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<NodeLink> OpenAsync(CancellationToken stop)
    {
        NodeLink link = new(await NodeConnector.ConnectAsync(address, stop).ConfigureAwait(false), Hear);
        try
        {
            AdminReply reply = await link.AskAsync(new AdminRequest { Ask = AdminWords.Hello }, stop).ConfigureAwait(false);
            RelayHello hello = reply.Hello ?? throw new NodeFaultException("the relay does not say who it is");
            if (hello.Protocol != AdminWords.Version)
            {
                throw new NodeFaultException($"the relay speaks version {hello.Protocol} of the admin socket's words; expected {AdminWords.Version}");
            }

            AdminReply counters = await link.AskAsync(new AdminRequest { Ask = AdminWords.Counters }, stop).ConfigureAwait(false);
            AdminReply host = await link.AskAsync(new AdminRequest { Ask = AdminWords.Host }, stop).ConfigureAwait(false);
            await link.AskAsync(new AdminRequest { Ask = AdminWords.Events }, stop).ConfigureAwait(false);
            SetUp(link, hello, counters.Counters, host.Host);
            return link;
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Exception> AttendAsync(NodeLink link, CancellationToken stop)
    {
        using PeriodicTimer timer = new(Period, time);
        for (int turn = 1; !link.Ended.IsCompleted; turn++)
        {
            Task<bool> tick = timer.WaitForNextTickAsync(stop).AsTask();
            await Task.WhenAny(tick, link.Ended).ConfigureAwait(false);
            if (link.Ended.IsCompleted)
            {
                break;
            }

            await tick.ConfigureAwait(false);
            AdminReply reply = await link.AskAsync(new AdminRequest { Ask = AdminWords.Counters }, stop).ConfigureAwait(false);
            Take(reply.Counters);
            if (turn % HostEvery == 0)
            {
                HostFigures? host = (await link.AskAsync(new AdminRequest { Ask = AdminWords.Host }, stop).ConfigureAwait(false)).Host;
                Change(snapshot => snapshot with { Host = host });
            }
        }

        return await link.Ended.ConfigureAwait(false);
    }

    private void SetUp(NodeLink link, RelayHello hello, RelayCounters? counters, HostFigures? host)
    {
        _lag.Forget();
        double? lag = Count(counters);
        Volatile.Write(ref _link, link);

        // At once: who sees a relay that is up sees its figures, too.
        Change(snapshot => new NodeSnapshot(Name, true, time.GetUtcNow())
        {
            Hello = hello,
            Host = host,
            Counters = counters,
            HeardAt = time.GetUtcNow(),
            LagSeconds = lag,
            EventsMissed = snapshot.EventsMissed,
        });
        logger.NodeUp(Name, hello.Version, hello.Pid);
    }

    private void Take(RelayCounters? counters)
    {
        double? lag = Count(counters);
        Change(snapshot => snapshot with { Counters = counters, HeardAt = time.GetUtcNow(), LagSeconds = lag });
    }

    private double? Count(RelayCounters? counters)
    {
        if (counters is null)
        {
            throw new NodeFaultException("the relay does not tell its counters");
        }

        OnCounters(this, counters);
        return _lag.Add(counters.Workers);
    }

    private void SetAway(string fault)
    {
        Volatile.Write(ref _link, null);
        if (Snapshot.IsUp)
        {
            logger.NodeAway(Name, fault);
            Change(snapshot => snapshot with { IsUp = false, Since = time.GetUtcNow(), Fault = fault });
        }
        else if (Snapshot.Fault != fault)
        {
            logger.NodeAway(Name, fault);
            Change(snapshot => snapshot with { Fault = fault });
        }
    }

    private void Hear(AdminReply line)
    {
        if (line.Lost is { } lost and > 0)
        {
            Change(snapshot => snapshot with { EventsMissed = snapshot.EventsMissed + lost });
        }

        if (line.Event is { } notice)
        {
            OnEvent(this, notice);
        }
    }

    // The reader of events and the one who asks both write.
    private void Change(Func<NodeSnapshot, NodeSnapshot> change)
    {
        NodeSnapshot before;
        do
        {
            before = Snapshot;
        }
        while (Interlocked.CompareExchange(ref _snapshot, change(before), before) != before);
    }
}
