using System.Net.Sockets;
using Microsoft.Extensions.Options;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Hosting;

/// <summary>The listener for lost media, if one is configured. Open from the start on: offers name it.</summary>
/// <remarks>Owned by the container.</remarks>
internal sealed class TimeoutSocket : IAsyncDisposable, IDisposable
{
    public TimeoutSocket(RtpProxyControllerOptions options)
    {
        if (string.IsNullOrEmpty(options.TimeoutListener))
        {
            return;
        }

        try
        {
            Listener = ControllerSettings.TcpOf(options.TimeoutListener) is { } local
                ? TimeoutListener.ListenTcp(local)
                : TimeoutListener.ListenUnix(ControllerSettings.PathOf(options.TimeoutListener)!);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            string failure = $"{nameof(options.TimeoutListener)} is '{options.TimeoutListener}', where nothing can listen: {exception.Message}";
            throw new OptionsValidationException("RtpProxyController", typeof(RtpProxyControllerOptions), [failure]);
        }
    }

    /// <summary>Null when none is configured.</summary>
    public TimeoutListener? Listener { get; }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public ValueTask DisposeAsync() => Listener?.DisposeAsync() ?? ValueTask.CompletedTask;
}
