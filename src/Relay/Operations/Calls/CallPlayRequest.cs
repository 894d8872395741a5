namespace RtpProxy.Relay.Operations.Calls;

/// <summary>What is to be played to parties of a call (docs/ng.md, what is played).</summary>
/// <param name="Name">Of prompt files, without the payload type, or of a WAV file.</param>
/// <param name="Count">How often, 1 or more; negative is until stopped.</param>
public sealed record CallPlayRequest(string Name, int Count)
{
    /// <summary>A WAV file, instead of one that is looked for; empty for none.</summary>
    public ReadOnlyMemory<byte> File { get; init; }

    /// <summary>Where the first round begins, in samples of the file.</summary>
    public long StartSample { get; init; }

    /// <summary>
    /// How long the packets are that a party wants, in milliseconds, by what the protocol in front keeps of its description, or null;
    /// called on the worker's thread. Null where nobody asks: 10 ms.
    /// </summary>
    public Func<byte[]?, int>? PacketMillisecondsOf { get; init; }

    /// <summary>It ends after so long, however often it was to be played; null for no such end.</summary>
    public int? MaxMilliseconds { get; init; }
}
