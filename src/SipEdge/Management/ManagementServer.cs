using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Management;

/// <summary>
/// The least of an HTTP/1.1 server: one request for a connection, on a loopback address, bounded in size, time and number.
/// </summary>
/// <remarks>
/// For four requests of people on this machine: Kestrel is a framework that the executable does without, and HttpListener is
/// kept for old programs only. What reads strangers' bytes is <see cref="HttpRequest"/>, which is pure and fuzzed.
/// </remarks>
internal sealed class ManagementServer : IAsyncDisposable
{
    private const int MaxConnections = 16;
    private const int MaxRequestLength = 16_384;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _places = new(MaxConnections);
    private readonly Socket _listener;
    private readonly ManagementApi _api;
    private readonly Task _accepting;

    private ManagementServer(Socket listener, ManagementApi api)
    {
        _listener = listener;
        _api = api;
        _accepting = AcceptAsync();
    }

    public IPEndPoint Local => (IPEndPoint)_listener.LocalEndPoint!;

    /// <exception cref="ConfigurationException">The address cannot be bound.</exception>
    public static ManagementServer Listen(IPEndPoint local, ManagementApi api)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Sets SO_REUSEADDR for TCP; ReuseAddress is SO_REUSEPORT besides, and two programs would share the port.
            socket.Bind(local);
            socket.Listen();
            return new ManagementServer(socket, api);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new ConfigurationException("management.listen", $"cannot listen on {local}: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        for (int i = 0; i < MaxConnections; i++)
        {
            await _places.WaitAsync().ConfigureAwait(false); // Each connection gives its place back when it ends.
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _places.WaitAsync(_stop.Token).ConfigureAwait(false);
                _ = ServeAsync(await AcceptOneAsync().ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<Socket> AcceptOneAsync()
    {
        while (true)
        {
            try
            {
                return await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                await Task.Delay(50, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch
            {
                _places.Release();
                throw;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using Socket owned = socket;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            limit.CancelAfter(MaxTime);
            HttpRequest? request = await ReadAsync(socket, limit.Token).ConfigureAwait(false);
            HttpReply reply = request is null ? HttpReply.Error(400, "expected an HTTP/1.1 request") : _api.Handle(request);
            await socket.SendAsync(reply.ToBytes(), limit.Token).ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or takes too long.
        }
        finally
        {
            _places.Release();
        }
    }

    private static async Task<HttpRequest?> ReadAsync(Socket socket, CancellationToken cancellation)
    {
        byte[] buffer = new byte[MaxRequestLength];
        int filled = 0;
        while (filled < buffer.Length)
        {
            int received = await socket.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None, cancellation).ConfigureAwait(false);
            if (received == 0)
            {
                return null;
            }

            filled += received;
            switch (HttpRequest.TryParse(Encoding.Latin1.GetString(buffer, 0, filled), out HttpRequest? request))
            {
                case HttpParse.Complete:
                    return request;
                case HttpParse.Malformed:
                    return null;
                default:
                    break;
            }
        }

        return null;
    }
}
