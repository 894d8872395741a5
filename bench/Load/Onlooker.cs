using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.Load;

/// <summary>Asks for every event, and once a second for every session there is, page after page, and for all counters.</summary>
internal sealed class Onlooker : IDisposable
{
    private const int Pages = 5; // of a thousand

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Socket _events;
    private readonly Socket _questions;
    private readonly Thread _asking;
    private volatile bool _isStopping;
    private long _count;
    private TimeSpan _slowest;

    public Onlooker(string path)
    {
        _events = Connect(path);
        _questions = Connect(path);
        _events.Send("{\"ask\":\"events\"}\n"u8);
        new Thread(ReadEvents) { IsBackground = true }.Start();
        _asking = new Thread(Ask) { IsBackground = true };
        _asking.Start();
    }

    /// <summary>How many answers came, and how long the slowest took.</summary>
    public string Seen => string.Create(
        CultureInfo.InvariantCulture, $"{_count} pages and counters, the slowest after {_slowest.TotalMilliseconds:F0} ms");

    public void Dispose()
    {
        _isStopping = true;
        _asking.Join();
        _events.Dispose();
        _questions.Dispose();
    }

    private static Socket Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private void Ask()
    {
        using var reader = new StreamReader(new NetworkStream(_questions), Encoding.UTF8, false, 1 << 20);
        while (!_isStopping)
        {
            long start = Stopwatch.GetTimestamp();
            for (int page = 0; page <= Pages; page++)
            {
                string question = page == Pages
                    ? "{\"ask\":\"counters\"}\n"
                    : $"{{\"ask\":\"sessions\",\"take\":1000,\"skip\":{page}000}}\n";
                long asked = Stopwatch.GetTimestamp();
                _questions.Send(Encoding.ASCII.GetBytes(question));
                if (reader.ReadLine() is null)
                {
                    return;
                }

                TimeSpan took = Stopwatch.GetElapsedTime(asked);
                _slowest = took > _slowest ? took : _slowest;
                _count++;
            }

            TimeSpan left = Period - Stopwatch.GetElapsedTime(start);
            Thread.Sleep(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private void ReadEvents()
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            while (_events.Receive(buffer) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
