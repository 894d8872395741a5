using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Phones;

/// <summary>A UDP socket that keeps everything it receives, in order of arrival.</summary>
/// <remarks>Nothing runs in the background: datagrams wait in the kernel's buffer until somebody asks. One caller at a time.</remarks>
public sealed class MediaSocket : IDisposable
{
    private const int ReceiveBuffer = 4 << 20;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[65_536];
    private readonly List<Arrival> _arrivals = [];

    /// <summary>Binds to a port of the kernel's choice, or to <paramref name="port"/>.</summary>
    public MediaSocket(IPAddress address, int port = 0)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveBuffer };
        try
        {
            _socket.Bind(new IPEndPoint(address, port));
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>All that has arrived up to now.</summary>
    public IReadOnlyList<Arrival> Arrivals
    {
        get
        {
            Drain();
            return _arrivals;
        }
    }

    public void Send(ReadOnlySpan<byte> datagram, IPEndPoint to) => _socket.SendTo(datagram, to);

    /// <summary>Waits until <paramref name="count"/> datagrams have arrived in all.</summary>
    /// <exception cref="TimeoutException">They have not; the message says how many have.</exception>
    public async Task ReceiveAsync(int count)
    {
        using var deadline = new CancellationTokenSource(Eventually.Deadline);
        try
        {
            while (Arrivals.Count < count)
            {
                SocketReceiveFromResult received = await _socket.ReceiveFromAsync(
                    _buffer, SocketFlags.None, AnySource(), deadline.Token);
                Keep(received.ReceivedBytes, received.RemoteEndPoint);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Local} received {_arrivals.Count} of {count} datagrams");
        }
    }

    /// <summary>Removes from what has arrived, and returns, the datagrams that are chosen.</summary>
    public IReadOnlyList<Arrival> Take(Predicate<Arrival> chosen)
    {
        IReadOnlyList<Arrival> taken = [.. Arrivals.Where(arrival => chosen(arrival))];
        _arrivals.RemoveAll(chosen);
        return taken;
    }

    /// <summary>Forgets what has arrived.</summary>
    public void Clear()
    {
        Drain();
        _arrivals.Clear();
    }

    public void Dispose() => _socket.Dispose();

    private void Drain()
    {
        while (_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
        {
            EndPoint source = AnySource();
            try
            {
                Keep(_socket.ReceiveFrom(_buffer, ref source), source);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // The port that an earlier datagram went to is closed by now.
            }
        }
    }

    private void Keep(int length, EndPoint source) =>
        _arrivals.Add(new Arrival((IPEndPoint)source, _buffer.AsSpan(0, length).ToArray()));

    private IPEndPoint AnySource() =>
        new(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
}
