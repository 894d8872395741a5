namespace RtpProxy.Load;

/// <summary>What calls notice while something happens to their relay, and when nothing does.</summary>
internal sealed class ContinuityRun : IDisposable
{
    private const int PacketsInSecond = 50;

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    private readonly KeptRelay _relay;
    private readonly SpeakingCalls _parties;
    private readonly RelayPorts[] _ports;

    public ContinuityRun(KeptRelay relay, int calls)
    {
        _relay = relay;
        _parties = new SpeakingCalls(calls);
        _ports = [.. Enumerable.Range(0, calls).Select(Open)];
        for (int call = 0; call < calls; call++)
        {
            _parties.Join(call, _ports[call]);
        }
    }

    public ContinuityFigures Measure(string @event)
    {
        string statistics = _relay.Statistics;
        IReadOnlyList<CallStream> streams = _parties.Streams;
        SetSpeaking(true);
        Thread.Sleep(Before); // every party is known, and every process warm
        _parties.Do(() =>
        {
            foreach (CallStream stream in streams)
            {
                stream.Begin();
            }
        });
        Thread.Sleep(Before);
        _relay.Suffer(@event);
        Thread.Sleep(After);

        // A relay that has much to catch up with is late, and has lost nothing yet.
        SetSpeaking(false);
        _parties.AwaitSilence(DrainTime);
        int lost = Enumerable.Range(0, _ports.Length).Count(call => streams[2 * call].IsSilent(PacketsInSecond) || streams[(2 * call) + 1].IsSilent(PacketsInSecond));
        int moved = Enumerable.Range(0, _ports.Length).Count(call => Open(call) != _ports[call]);
        return new ContinuityFigures(
            @event,
            lost,
            streams.Sum(stream => (long)stream.Sent - stream.Heard),
            streams.Sum(stream => (long)stream.Doubled),
            [.. streams.Select(stream => stream.LongestWait).Order()],
            [.. streams.Select(stream => stream.LongestGap).Order()],
            $"{moved} calls have other ports; {statistics.Replace('\n', ' ')} -> {_relay.Statistics.Replace('\n', ' ')}");
    }

    public void Dispose() => _parties.Dispose();

    private void SetSpeaking(bool isSpeaking) => _parties.Do(() =>
    {
        foreach (CallStream stream in _parties.Streams)
        {
            stream.IsSpeaking = isSpeaking;
        }
    });

    private RelayPorts Open(int call) => _relay.Open(call, _parties.CallerPort, _parties.CalleePort);
}
