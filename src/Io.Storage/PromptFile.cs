using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay.Playback;

namespace RtpProxy.Io.Storage;

/// <summary>A prompt as it was when it was read.</summary>
/// <param name="Status">Tells whether the file has changed since.</param>
/// <param name="LastUse">A number that grows with every use of the library.</param>
internal sealed record PromptFile(Prompt Prompt, FileStatus Status, long LastUse)
{
    public long CachedBytes => Prompt.Frames.Length;
}
