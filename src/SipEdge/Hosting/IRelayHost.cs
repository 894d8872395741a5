using RtpProxy.Controller.Relays;
using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Hosting;

/// <summary>Starts a relay inside this process, for a proxy that is given none.</summary>
internal interface IRelayHost
{
    /// <summary>Starts the relay; it serves until the result is disposed.</summary>
    /// <exception cref="IOException">It cannot start; the message says why.</exception>
    Task<IRunningRelay> StartAsync(InProcessRelaySettings settings, CancellationToken cancellation);
}

/// <summary>A relay that runs. Disposing it ends its sessions.</summary>
internal interface IRunningRelay : IAsyncDisposable
{
    /// <summary>Its control socket, ready for commands.</summary>
    RelayAddress Address { get; }
}
