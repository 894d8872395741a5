using System.Net.Sockets;
using RtpProxy.Io.Net.Tls;

namespace RtpProxy.Io.Net.Hep;

/// <summary>A connection over which packets go one behind the other; what comes back is thrown away.</summary>
internal sealed class StreamHepLink : IHepLink
{
    // A collector that does not read for so long is not waited for.
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(10);

    private readonly NetworkStream _stream;
    private readonly TlsClient? _tls; // guarded by the next, which also keeps its bytes in order
    private readonly SemaphoreSlim _gate = new(1);
    private byte[] _buffer = new byte[16 * 1024]; // grows to what a turn sends

    private StreamHepLink(NetworkStream stream, TlsClient? tls)
    {
        _stream = stream;
        _tls = tls;
        Closed = Task.Run(ReadToEndAsync);
    }

    public Task Closed { get; }

    /// <exception cref="SocketException">No connection.</exception>
    /// <exception cref="IOException">The connection ended during the handshake, or the collector is not who it should be.</exception>
    public static async Task<StreamHepLink> ConnectAsync(HepTarget target, CancellationToken stop)
    {
        var socket = new Socket(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        TlsClient? tls = null;
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, optionValue: true);
            await socket.ConnectAsync(target.EndPoint, stop).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (target.Transport == HepTransport.Tls)
            {
                tls = new TlsClient(target.Host);
                await ShakeAsync(stream, tls, stop).ConfigureAwait(false);
            }

            return new StreamHepLink(stream, tls);
        }
        catch
        {
            socket.Dispose();
            tls?.Dispose();
            throw;
        }
    }

    public async Task<int> SendAsync(IReadOnlyList<byte[]> packets, CancellationToken stop)
    {
        int length = Collect(packets);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limited.CancelAfter(SendPatience);
        try
        {
            await _gate.WaitAsync(limited.Token).ConfigureAwait(false);
            try
            {
                _tls?.Send(_buffer.AsSpan(0, length));
                ReadOnlyMemory<byte> bytes = _tls is null ? _buffer.AsMemory(0, length) : _tls.TakeToSend();
                await _stream.WriteAsync(bytes, limited.Token).ConfigureAwait(false);
            }
            finally
            {
                _gate.Release();
            }

            return 0;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new IOException("it does not read");
        }
    }

    /// <summary>Closes the connection and waits until nobody reads from it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_tls is not null && _gate.Wait(TimeSpan.Zero))
        {
            _tls.End();
            byte[] farewell = _tls.TakeToSend();
            _gate.Release();
            _stream.Socket.Blocking = false; // it goes if there is room for it
            _stream.Socket.Send(farewell, SocketFlags.None, out _);
        }

        await _stream.DisposeAsync().ConfigureAwait(false);
        await Closed.ConfigureAwait(false);
        _tls?.Dispose();
        _gate.Dispose();
    }

    private static async Task ShakeAsync(NetworkStream stream, TlsClient tls, CancellationToken stop)
    {
        byte[] received = new byte[4096];
        while (true)
        {
            try
            {
                tls.Shake();
            }
            finally
            {
                await stream.WriteAsync(tls.TakeToSend(), stop).ConfigureAwait(false);
            }

            if (tls.IsReady)
            {
                return;
            }

            int length = await stream.ReadAsync(received, stop).ConfigureAwait(false);
            if (length == 0)
            {
                throw new IOException("it closed the connection during the handshake");
            }

            tls.Receive(received.AsSpan(0, length));
        }
    }

    private int Collect(IReadOnlyList<byte[]> packets)
    {
        int length = packets.Sum(packet => packet.Length);
        if (length > _buffer.Length)
        {
            _buffer = new byte[length];
        }

        int at = 0;
        foreach (byte[] packet in packets)
        {
            packet.CopyTo(_buffer, at);
            at += packet.Length;
        }

        return length;
    }

    private async Task ReadToEndAsync()
    {
        byte[] received = new byte[4096];
        try
        {
            while (await _stream.ReadAsync(received).ConfigureAwait(false) is > 0 and var length
                && !await HasEndedAsync(received.AsMemory(0, length)).ConfigureAwait(false))
            {
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
            // An end as good as any other.
        }
    }

    private async Task<bool> HasEndedAsync(ReadOnlyMemory<byte> received)
    {
        if (_tls is null)
        {
            return false;
        }

        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _tls.Receive(received.Span);
            _tls.Discard();
            if (_tls.TakeToSend() is { Length: > 0 } answer)
            {
                await _stream.WriteAsync(answer).ConfigureAwait(false);
            }

            return _tls.HasEnded;
        }
        finally
        {
            _gate.Release();
        }
    }
}
