using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay.Playback;

namespace RtpProxy.Io.Storage;

/// <summary>A prompt that somebody is just reading, for others who want the same one. Guarded by the lock of the library.</summary>
/// <param name="status">The file as it is read.</param>
/// <param name="bytes">Of memory, about, until it is over.</param>
internal sealed class PromptReading(FileStatus status, long bytes)
{
    public FileStatus Status { get; } = status;

    public long Bytes { get; } = bytes;

    public bool IsOver { get; private set; }

    /// <summary>Null as long as it is not over, or where nothing came of it.</summary>
    public Prompt? Prompt { get; private set; }

    public void End(Prompt? prompt) => (IsOver, Prompt) = (true, prompt);
}
