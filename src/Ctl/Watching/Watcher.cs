using System.Runtime.InteropServices;
using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;
using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Ctl.Watching;

/// <summary>Reads, draws and obeys keys, until somebody ends it. Reading never holds up a key.</summary>
/// <param name="hasNodes">Whether nodes are watched above the calls.</param>
internal sealed class Watcher(NodeList nodes, bool hasNodes, WatchState state, Terminal terminal, TimeProvider time)
{
    /// <summary>What is read of nodes.</summary>
    public static readonly string[] Counters =
    [
        GlobalCounter.SessionsCreated.Text(),
        GlobalCounter.SessionsDestroyed.Text(),
        GlobalCounter.SessionsTimedOut.Text(),
        GlobalCounter.PacketsReceived.Text(),
        GlobalCounter.PacketsRelayed.Text(),
        GlobalCounter.PacketsDiscarded.Text(),
        GlobalCounter.CommandsReceived.Text(),
        GlobalCounter.CommandsFailed.Text(),
    ];

    private readonly WatchScreen _screen = new(nodes, terminal.HasColours, terminal.HasBlocks);
    private CounterSample[]? _before;

    /// <param name="count">How many readings.</param>
    /// <returns>The <see cref="ExitCode"/> of the last reading.</returns>
    public async Task<int> RunAsync(TimeSpan interval, int count, CancellationToken cancellation)
    {
        using var screen = new FullScreen(terminal);
        var keyboard = new Keyboard();
        using var resized = new SemaphoreSlim(0);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => resized.Release());

        WatchData? data = null;
        Draw(screen, data);
        Task<WatchData>? reading = ReadAsync(cancellation);
        Task pause = Task.CompletedTask;
        Task key = keyboard.Keys.WaitToReadAsync(cancellation).AsTask();
        Task resize = resized.WaitAsync(cancellation);
        bool isOther = false;
        while (true)
        {
            await Task.WhenAny(reading ?? pause, key, resize);
            cancellation.ThrowIfCancellationRequested();
            while (keyboard.Keys.TryRead(out ConsoleKeyInfo pressed))
            {
                isOther |= state.Press(pressed, data?.Calls);
            }

            key = key.IsCompleted ? keyboard.Keys.WaitToReadAsync(cancellation).AsTask() : key;
            resize = resize.IsCompleted ? resized.WaitAsync(cancellation) : resize;
            if (reading is { IsCompleted: true })
            {
                data = await reading;
                state.Settle(data.Calls?.Matching ?? int.MaxValue);
                reading = null;
                pause = Task.Delay(interval, time, cancellation);
                count--;
            }

            Draw(screen, data);
            if (state.IsDone || count <= 0)
            {
                return data?.Code ?? ExitCode.Ok;
            }

            if (reading is null && (isOther || pause.IsCompleted))
            {
                isOther = false;
                reading = ReadAsync(cancellation);
            }
        }
    }

    private void Draw(FullScreen screen, WatchData? data) => screen.Draw(_screen.Draw(state, data, screen.Width, screen.Height));

    private async Task<WatchData> ReadAsync(CancellationToken cancellation)
    {
        Task<NodeActivity[]> activities = hasNodes ? WatchNodesAsync(cancellation) : Task.FromResult<NodeActivity[]>([]);
        int code;
        CallPage? page = null;
        SessionLookup? lookup = null;
        if (state.Session is { } session)
        {
            lookup = await SessionLookup.FindAsync(session.Node, session.CallId, session.FromTag, cancellation);
            code = lookup.Code;
        }
        else
        {
            page = await CallPage.ReadAsync(nodes, state.Query, state.Top, state.Room, cancellation);
            code = page.Code;
        }

        return new WatchData(page, lookup, await activities, code);
    }

    private async Task<NodeActivity[]> WatchNodesAsync(CancellationToken cancellation)
    {
        CounterSample[] now = await nodes.AskAsync(node => CounterSample.TakeAsync(node, Counters, time, cancellation));
        CounterSample[] before = _before ?? now;
        _before = now;
        return [.. now.Zip(before).Select(pair => ActivityReader.Read(pair.First, pair.Second, time))];
    }
}
