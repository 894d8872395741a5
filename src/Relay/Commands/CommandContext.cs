using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Recording;

namespace RtpProxy.Relay.Commands;

/// <summary>What the steps of a command may need of the daemon around the workers. Thread-safe.</summary>
internal sealed class CommandContext(CommandCounters counters)
{
    private volatile bool _isDraining;

    public CommandCounters Counters { get; } = counters;

    public required ILocalAddressBook Addresses { get; init; }

    public required RelayOptions Options { get; init; }

    public required int WorkerCount { get; init; }

    public required INoticeBoard Notices { get; init; }

    public required IRecordingStore Recordings { get; init; }

    public required IPromptLibrary Prompts { get; init; }

    public required INameResolver Names { get; init; }

    /// <summary>Slow shutdown: no session is created any more.</summary>
    public bool IsDraining
    {
        get => _isDraining;
        set => _isDraining = value;
    }

    /// <summary>The bridging address that a direction letter stands for.</summary>
    public LocalAddress AddressOf(Direction direction) =>
        direction == Direction.External ? Addresses.External : Addresses.Internal;

    /// <summary>The worker that owns a call.</summary>
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
