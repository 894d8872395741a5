using System.Globalization;

namespace RtpProxy.Load;

/// <summary>Calls set up over the ng protocol, whose parties speak from their answer on.</summary>
internal sealed class NgCallsRun : IDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    private readonly ControlSocket _ng;
    private readonly int _calls;
    private readonly SpeakingCalls _parties;

    /// <param name="packetsPerSecond">Of each party.</param>
    public NgCallsRun(ControlSocket ng, int calls, int packetsPerSecond)
    {
        _ng = ng;
        _calls = calls;
        _parties = new SpeakingCalls(calls, packetsPerSecond);
    }

    public long Sent => _parties.Streams.Sum(stream => (long)stream.Sent);

    public long Heard => _parties.Streams.Sum(stream => (long)stream.Heard);

    public long Doubled => _parties.Streams.Sum(stream => (long)stream.Doubled);

    public int CallsWithLoss => Enumerable.Range(0, _calls).Count(call => HasLoss(2 * call) || HasLoss((2 * call) + 1));

    public void SetUp()
    {
        for (int call = 0; call < _calls; call++)
        {
            int forCallee = Port(NgWords.Offer($"call{call}", _parties.CallerPort));
            int forCaller = Port(NgWords.Answer($"call{call}", _parties.CalleePort));
            _parties.Join(call, new RelayPorts(forCaller, forCallee));
        }
    }

    /// <summary>All are silent from now on; returns when what they said before has been heard.</summary>
    public void Stop()
    {
        _parties.Do(() =>
        {
            foreach (CallStream stream in _parties.Streams)
            {
                stream.IsSpeaking = false;
            }
        });
        _parties.AwaitSilence(DrainTime);
    }

    public void TearDown()
    {
        for (int call = 0; call < _calls; call++)
        {
            Ask(NgWords.Delete($"call{call}"));
        }
    }

    public void Dispose() => _parties.Dispose();

    private bool HasLoss(int stream) => _parties.Streams[stream].Heard < _parties.Streams[stream].Sent;

    /// <summary>The port of the one media line of the description that a command is answered with.</summary>
    private int Port(string command)
    {
        const string Media = "m=audio ";
        string reply = Ask(command);
        int at = reply.IndexOf(Media, StringComparison.Ordinal) + Media.Length;
        return int.Parse(reply.AsSpan(at, reply.IndexOf(' ', at) - at), CultureInfo.InvariantCulture);
    }

    private string Ask(string command)
    {
        string reply = _ng.Ask(command);
        return reply.Contains("6:result2:ok", StringComparison.Ordinal)
            ? reply
            : throw new InvalidOperationException($"'{command}' was answered '{reply.Trim()}'.");
    }
}
