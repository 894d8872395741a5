using System.Buffers;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay.Forwarding;

namespace RtpProxy.Io.Net.Hep;

/// <summary>Tells collectors of the RTCP that workers see: a thread that looks into their rings, so that no worker has to wake it.</summary>
public sealed class RtcpTeller : IDisposable
{
    private const int Niceness = 10; // as whoever writes recordings

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly RtcpRing[] _rings;
    private readonly IReadOnlyList<HepChannel> _channels;
    private readonly ILogger _logger;
    private readonly ManualResetEvent _stop = new(initialState: false);
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly Thread _thread;

    /// <param name="workers">How many there are.</param>
    /// <param name="channels">Every one of them gets all.</param>
    public RtcpTeller(int workers, IReadOnlyList<HepChannel> channels, ILogger logger)
    {
        _rings = [.. Enumerable.Range(0, workers).Select(_ => new RtcpRing())];
        _channels = channels;
        _logger = logger;
        _thread = new Thread(Run) { Name = "hep", IsBackground = true };
    }

    /// <summary>Datagrams that found no room on the way from a worker.</summary>
    public long Lost => _rings.Sum(ring => ring.Lost);

    public IRtcpWitness WitnessOf(int worker) => _rings[worker];

    public void Start() => _thread.Start();

    /// <summary>Tells what workers have seen until now, and ends.</summary>
    public void Stop()
    {
        _stop.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void Run()
    {
        _ = LibC.nice(Niceness);
        bool isStopping;
        do
        {
            isStopping = _stop.WaitOne(Pause);
            foreach (RtcpRing ring in _rings)
            {
                Tell(ring);
            }
        }
        while (!isStopping);
    }

    private void Tell(RtcpRing ring)
    {
        // No more than there was room for: other rings, and the end, do not wait for a worker that goes on.
        for (int i = 0; i < RtcpRing.Capacity && ring.TryPeek(out HepHeader header, out ReadOnlySpan<byte> datagram); i++)
        {
            _json.ResetWrittenCount();
            bool isUnderstood = RtcpJson.TryWrite(datagram, _json);
            ring.Release();
            if (!isUnderstood)
            {
                Log.RtcpNotUnderstood(_logger);
                continue;
            }

            foreach (HepChannel channel in _channels)
            {
                channel.Post(header, _json.WrittenSpan);
            }
        }
    }
}
