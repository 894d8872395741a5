using System.Globalization;
using RtpProxy.Packages.Tests.Roots;
using RtpProxy.TestKit;

namespace RtpProxy.Packages.Tests.Calls;

/// <summary>A call through the relay of a system: both parties speak, 50 packets a second, until it ends.</summary>
internal sealed class LiveCall : IAsyncDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    private readonly Phone _caller;
    private readonly Phone _callee;
    private readonly int _portForCaller;
    private readonly int _portForCallee;
    private readonly CancellationTokenSource _hangUp = new();
    private readonly Task _talk;

    private LiveCall(Phone caller, Phone callee, int portForCaller, int portForCallee)
    {
        _caller = caller;
        _callee = callee;
        _portForCaller = portForCaller;
        _portForCallee = portForCallee;
        _talk = Task.Run(TalkAsync);
    }

    /// <param name="ask">Sends a command to the relay; its reply.</param>
    public static Task<LiveCall> BeginAsync(DebianSystem system, string callId, Func<string, Task<string>> ask) => BeginAsync(
        system,
        async (caller, callee) =>
        {
            int forCallee = PortIn(await ask($"U {callId} 127.0.0.1 {caller} alice"));
            return (PortIn(await ask($"L {callId} 127.0.0.1 {callee} alice bob")), forCallee);
        });

    /// <param name="setUp">Told the media ports of caller and callee, and tells the relay's ports for them.</param>
    public static async Task<LiveCall> BeginAsync(DebianSystem system, Func<int, int, Task<(int ForCaller, int ForCallee)>> setUp)
    {
        Phone caller = new(system.FirstProcess);
        Phone callee = new(system.FirstProcess);
        (int forCaller, int forCallee) = await setUp(caller.Port, callee.Port);
        LiveCall call = new(caller, callee, forCaller, forCallee);
        await call.GoesOnAsync();
        return call;
    }

    /// <summary>Waits until either party has heard a second more of the other.</summary>
    public async Task GoesOnAsync()
    {
        int caller = _caller.Heard + 50;
        int callee = _callee.Heard + 50;
        await Eventually.TrueAsync(() => _caller.Heard >= caller && _callee.Heard >= callee, "both parties hear each other");
    }

    /// <summary>Ends it, and counts.</summary>
    /// <returns>Packets of either party that the other never got.</returns>
    public async Task<int> HangUpAsync()
    {
        await _hangUp.CancelAsync();
        await _talk;
        await Eventually.TrueAsync(
            () => Task.FromResult(_caller.Heard >= _callee.Sent && _callee.Heard >= _caller.Sent), () => "")
            .ContinueWith(_ => { }, TaskScheduler.Default);
        return _caller.Sent - _callee.Heard + (_callee.Sent - _caller.Heard);
    }

    public async ValueTask DisposeAsync()
    {
        await _hangUp.CancelAsync();
        await _talk;
        _hangUp.Dispose();
        _caller.Dispose();
        _callee.Dispose();
    }

    private async Task TalkAsync()
    {
        while (!_hangUp.IsCancellationRequested)
        {
            _caller.Speak(_portForCaller);
            _callee.Speak(_portForCallee);
            await Task.Delay(Frame);
        }
    }

    private static int PortIn(string reply) =>
        int.TryParse(reply.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? port
            : throw new InvalidOperationException($"the relay answers '{reply}'");
}
