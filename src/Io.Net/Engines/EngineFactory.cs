using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Engines.Epoll;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Io.Net.Engines;

/// <summary>Chooses the engine of each worker: the only place that knows which there are.</summary>
/// <param name="capabilities">What the system can do.</param>
/// <param name="range">Shared by all workers.</param>
/// <param name="keeper">Holds copies of the sockets; null without one.</param>
/// <param name="legacies">What it has passed on of those before.</param>
/// <param name="onThreadStart">Called with the worker's number on the engine's thread before its first turn: scheduling policy and the like.</param>
public sealed class EngineFactory(
    EngineCapabilities capabilities,
    PortRange range,
    ILocalAddressBook addresses,
    ILogger logger,
    Action<int>? onThreadStart = null,
    IKeeper? keeper = null,
    Legacies? legacies = null)
{
    /// <summary>An engine with its own port table; not yet started.</summary>
    /// <param name="index">Worker number.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The process may open no more descriptors.</exception>
    public IEngine<TCore> Create<TCore>(int index)
        where TCore : struct, IEngineCore =>
        new EpollEngine<TCore>(
            index,
            capabilities,
            range,
            addresses,
            new Random(),
            logger,
            onThreadStart,
            keeper is null ? null : new KeptPorts(index, keeper, legacies ?? new Legacies()));
}
