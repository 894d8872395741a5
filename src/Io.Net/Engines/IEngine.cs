using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Engines;

/// <summary>
/// How one worker talks to the kernel. An engine owns the worker's thread: it receives, calls the core, sends what the
/// core puts into the sink, delivers mail, and waits until the next deadline.
/// </summary>
/// <remarks>
/// Made in two steps, because the core needs the ports and the engine needs the core: construct, build the core with
/// <see cref="Ports"/>, then start. Ports are touched by the engine's thread only.
/// </remarks>
/// <typeparam name="TCore">A structure, so that the calls of the packet path are direct.</typeparam>
public interface IEngine<TCore> : IDisposable
    where TCore : struct, IEngineCore
{
    IPortTable Ports { get; }

    /// <summary>Goes on with a pair that was open before this process, and that a keeper has passed on. False when it cannot be.</summary>
    /// <param name="host">What it is bound to.</param>
    /// <param name="number">Of the RTP port.</param>
    /// <param name="isHeard">It is read from; else it only sends copies.</param>
    /// <remarks>Before <see cref="Start"/>; a pair that no session goes on with is closed like any other.</remarks>
    bool TryAdoptPorts(in Endpoint host, ushort number, bool isHeard, out PortPair pair);

    /// <summary>
    /// Another process reads the adopted pairs, and is about to stop: what comes from now on is read in the order in which it came.
    /// Before it that would be the order in which packets came to each pair for the first time.
    /// </summary>
    /// <remarks>Before <see cref="Start"/>, as often as it takes until then.</remarks>
    void ForgetArrivals();

    /// <summary>What other threads want of this worker.</summary>
    Mailbox Mailbox { get; }

    EngineCounters Counters { get; }

    /// <summary>Starts the thread; once.</summary>
    /// <param name="core">Belongs to the engine's thread from now on.</param>
    void Start(TCore core);

    /// <summary>The thread is to end with the turn that it is in; returns at once.</summary>
    void BeginStop();

    /// <summary>Ends the thread after the turn it is in, and waits for that. Mail left over is abandoned. May be called twice.</summary>
    void Stop();
}
