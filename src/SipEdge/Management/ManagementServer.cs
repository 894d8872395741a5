using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using RtpProxy.Lines;
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
    private readonly Socket _listener;
    private readonly ManagementApi _api;
    private readonly Task _serving;

    private ManagementServer(Socket listener, ManagementApi api, ILogger logger)
    {
        _listener = listener;
        _api = api;
        var loop = new AcceptLoop(listener, MaxConnections, ServeAsync)
        {
            WhenFull = WhenFull.Wait,
            OnDefect = defect => Log.Fault(logger, defect, "a request to the management interface"),
        };
        _serving = loop.RunAsync(_stop.Token);
    }

    public IPEndPoint Local => (IPEndPoint)_listener.LocalEndPoint!;

    /// <exception cref="ConfigurationException">The address cannot be bound.</exception>
    public static ManagementServer Listen(IPEndPoint local, ManagementApi api, ILogger logger)
    {
        try
        {
            return new ManagementServer(ListeningSocket.Open(local), api, logger);
        }
        catch (SocketException e)
        {
            throw new ConfigurationException("management.listen", $"cannot listen on {local}: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(false);
        _listener.Dispose();
    }

    private async Task ServeAsync(Socket connection, CancellationToken stop)
    {
        using Socket owned = connection;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(MaxTime);
        HttpRequest? request = await ReadAsync(connection, limit.Token).ConfigureAwait(false);
        HttpReply reply = request is null ? HttpReply.Error(400, "expected an HTTP/1.1 request") : _api.Handle(request);
        await connection.SendAsync(reply.ToBytes(), limit.Token).ConfigureAwait(false);
        connection.Shutdown(SocketShutdown.Send);
    }

    // Null if it is none.
    private static async Task<HttpRequest?> ReadAsync(Socket connection, CancellationToken cancellation)
    {
        HttpRequest? request = null;
        var requests = new MessageReader(PipeReader.Create(new NetworkStream(connection)), Measure, MaxRequestLength);
        MessageRead read = await requests.ReadAsync(cancellation).ConfigureAwait(false);
        return read.IsWhole ? request : null;

        long Measure(in ReadOnlySequence<byte> received, long seen) =>
            HttpRequest.TryParse(Encoding.Latin1.GetString(received), out request) == HttpParse.Incomplete ? -1 : received.Length;
    }
}
