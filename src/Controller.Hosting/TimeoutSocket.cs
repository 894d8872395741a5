using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Hosting;

/// <summary>The listener for lost media, if one is configured. Open from the start on: offers name it.</summary>
/// <remarks>Owned by the container.</remarks>
internal sealed class TimeoutSocket : IAsyncDisposable
{
    public TimeoutSocket(RtpProxyControllerOptions options)
    {
        if (string.IsNullOrEmpty(options.TimeoutListener))
        {
            return;
        }

        Listener = ControllerSettings.TcpOf(options.TimeoutListener) is { } local
            ? TimeoutListener.ListenTcp(local)
            : TimeoutListener.ListenUnix(ControllerSettings.PathOf(options.TimeoutListener)!);
    }

    /// <summary>Null when none is configured.</summary>
    public TimeoutListener? Listener { get; }

    public ValueTask DisposeAsync() => Listener?.DisposeAsync() ?? ValueTask.CompletedTask;
}
