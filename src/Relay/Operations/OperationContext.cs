using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Recording;

namespace RtpProxy.Relay.Operations;

/// <summary>What operations may need of the daemon around the workers. Thread-safe.</summary>
internal sealed class OperationContext
{
    private volatile bool _isDraining;
    private volatile Refusal _overload;
    private long _lastNumber;

    public required ILocalAddressBook Addresses { get; init; }

    public required RelayOptions Options { get; init; }

    public required int WorkerCount { get; init; }

    public required INoticeBoard Notices { get; init; }

    public required IRecordingStore Recordings { get; init; }

    public required IPromptLibrary Prompts { get; init; }

    public required INameResolver Names { get; init; }

    /// <summary>Sessions alive now, over all workers, which go on meanwhile.</summary>
    public required Func<int> Sessions { get; init; }

    /// <summary>A moment as microseconds since the UNIX epoch.</summary>
    public required Func<Instant, long> WallOf { get; init; }

    /// <summary>Slow shutdown: no session is created any more.</summary>
    public bool IsDraining
    {
        get => _isDraining;
        set => _isDraining = value;
    }

    /// <summary>Why the machine can take no call more; <see cref="Refusal.None"/> if it can.</summary>
    public Refusal Overload
    {
        get => _overload;
        set => _overload = value;
    }

    /// <summary>
    /// Why no call begins now; <see cref="Refusal.None"/> if one may. Workers that are asked at the same time may each let one in
    /// where there is room for one.
    /// </summary>
    public Refusal RefusalOfNewCalls() =>
        IsDraining ? Refusal.Draining
        : Options.MaxSessions is { } limit && Sessions() >= limit ? Refusal.TooManySessions
        : Overload;

    /// <summary>A number for an operation: all have different ones, later ones higher.</summary>
    public long TakeNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>Operations from now on have higher numbers than <paramref name="number"/>.</summary>
    public void GoOnAfter(long number) => _lastNumber = Math.Max(_lastNumber, number);

    /// <summary>The worker that owns a call: always the same, so that all its media lines live together.</summary>
    public int WorkerOf(string callId)
    {
        // FNV-1a (32 bits): the same for the life of the process and cheap; an uneven spread by intent only crowds one worker.
        uint hash = 2_166_136_261;
        foreach (char c in callId)
        {
            hash = (hash ^ c) * 16_777_619;
        }

        return (int)(hash % (uint)WorkerCount);
    }
}
