using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Io.Net.Engines;

/// <summary>What an engine counts beside the core's own counters. Only ever grows.</summary>
/// <remarks>Written by the engine's thread; read by any, as a hint.</remarks>
public sealed class EngineCounters
{
    private long _sendFailures;
    private long _receiveFailures;
    private long _faults;
    private ThreadCpuClock? _cpuClock;

    /// <summary>Datagrams that the kernel did not take, after all repeats.</summary>
    public long SendFailures => Volatile.Read(ref _sendFailures);

    /// <summary>Receive calls that failed otherwise than by "nothing there".</summary>
    public long ReceiveFailures => Volatile.Read(ref _receiveFailures);

    /// <summary>Exceptions of the core that the engine survived: each is a defect, and logged.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>
    /// How late turns were: how long after their time timers were looked at, at least once a second, and how long packets waited for
    /// turns with commands.
    /// </summary>
    public DurationHistogram Lag { get; } = new();

    /// <summary>Processor time of the engine's thread; null before it has started and after it has ended.</summary>
    public TimeSpan? CpuTime => Volatile.Read(ref _cpuClock)?.Read();

    /// <summary>On the engine's thread, once.</summary>
    internal void OnThreadStart() => Volatile.Write(ref _cpuClock, ThreadCpuClock.OfThisThread());

    internal void CountSendFailure() => Volatile.Write(ref _sendFailures, _sendFailures + 1);

    internal void CountReceiveFailure() => Volatile.Write(ref _receiveFailures, _receiveFailures + 1);

    internal void CountFault() => Volatile.Write(ref _faults, _faults + 1);
}
