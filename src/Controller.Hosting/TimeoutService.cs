using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Hosting;

/// <summary>Hands what relays say of lost media to the program's handlers, one notice after the other.</summary>
internal sealed class TimeoutService(
    TimeoutSocket socket, IEnumerable<IMediaTimeoutHandler> handlers, ILogger<TimeoutService>? logger = null) : BackgroundService
{
    private readonly IMediaTimeoutHandler[] _handlers = [.. handlers];
    private readonly ILogger _logger = logger ?? NullLogger<TimeoutService>.Instance;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (socket.Listener is not { } listener)
        {
            return;
        }

        Log.Listening(_logger, listener.NotifySocket);
        await foreach (TimeoutNotice notice in listener.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            foreach (IMediaTimeoutHandler handler in _handlers)
            {
                await HandAsync(handler, notice, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask HandAsync(IMediaTimeoutHandler handler, TimeoutNotice notice, CancellationToken stoppingToken)
    {
        try
        {
            await handler.OnTimeoutAsync(notice, stoppingToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the program's handler throws, the next call is to be heard of.
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.HandlerFailed(_logger, exception, handler.GetType().Name);
        }
    }
}
