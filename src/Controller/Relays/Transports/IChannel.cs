namespace RtpProxy.Controller.Relays.Transports;

/// <summary>A connection that may be gone at any time, or is being opened for all who wait for it.</summary>
internal interface IChannel : IAsyncDisposable
{
    /// <summary>False once the connection is lost or given up; it never comes back.</summary>
    bool IsOpen { get; }
}
