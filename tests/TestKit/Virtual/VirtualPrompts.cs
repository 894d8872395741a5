using RtpProxy.Relay.Playback;

namespace RtpProxy.TestKit.Virtual;

/// <summary>Prompts in memory, by name and payload type.</summary>
public sealed class VirtualPrompts : IPromptLibrary
{
    public Dictionary<(string Name, byte PayloadType), byte[]> Files { get; } = [];

    public Prompt? TryOpen(string name, byte payloadType) =>
        Files.TryGetValue((name, payloadType), out byte[]? frames) ? new Prompt(name, payloadType, frames) : null;
}
