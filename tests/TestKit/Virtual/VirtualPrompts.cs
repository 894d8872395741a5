using RtpProxy.Relay.Playback;

namespace RtpProxy.TestKit.Virtual;

/// <summary>Prompts in memory, by name and payload type.</summary>
public sealed class VirtualPrompts : IPromptLibrary
{
    public Dictionary<(string Name, byte PayloadType), byte[]> Files { get; } = [];

    /// <summary>How often one was looked for.</summary>
    public int Looks { get; private set; }

    public Prompt? TryOpen(string name, byte payloadType)
    {
        Looks++;
        return Files.TryGetValue((name, payloadType), out byte[]? frames) ? new Prompt(name, payloadType, frames) : null;
    }

    /// <summary>What would be made of WAV files, with their rates.</summary>
    public Dictionary<(string Name, byte PayloadType), (byte[] Frames, int RateHz)> Converted { get; } = [];

    public Prompt? TryConvert(string name, byte payloadType) =>
        Converted.TryGetValue((name, payloadType), out (byte[] Frames, int RateHz) made)
            ? new Prompt(name, payloadType, made.Frames, made.RateHz)
            : null;

    /// <summary>The bytes are the frames themselves.</summary>
    public Prompt? TryConvert(ReadOnlyMemory<byte> file, string name, byte payloadType) => new(name, payloadType, file);
}
