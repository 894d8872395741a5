using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RtpProxy.Controller.Relays;
using RtpProxy.Lines;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Proxy;

namespace RtpProxy.SipEdge;

/// <summary>
/// Hears from relays which calls have lost their media, and says so in the log and the counters. Ending such a call is
/// the business of its parties: a proxy without dialog state has no BYE to send.
/// </summary>
internal sealed class TimeoutReports : IAsyncDisposable
{
    private readonly TimeoutListener _listener;
    private readonly Task _reading;

    private TimeoutReports(TimeoutListener listener, EdgeCounters counters, ILogger logger)
    {
        _listener = listener;
        _reading = ReadAsync(counters, logger);
    }

    /// <exception cref="ConfigurationException">The socket cannot be had.</exception>
    public static TimeoutReports Listen(TimeoutSocket socket, EdgeCounters counters, ILogger logger)
    {
        try
        {
            TimeoutListener listener = socket.Path is { } path
                ? TimeoutListener.ListenUnix(path)
                : TimeoutListener.ListenTcp(socket.Tcp!);
            return new TimeoutReports(listener, counters, logger);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new ConfigurationException("media.timeoutSocket", $"cannot be listened on: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private async Task ReadAsync(EdgeCounters counters, ILogger logger)
    {
        await foreach (TimeoutNotice notice in _listener.ReadAllAsync().ConfigureAwait(false))
        {
            counters.Count(EdgeCounter.MediaTimedOut);
            Log.MediaTimedOut(logger, PeerText.Brief(notice.TagText), notice.Node?.ToString() ?? "a relay on this machine");
        }
    }
}
