using RtpProxy.Codecs.Interop;

namespace RtpProxy.Codecs.Files;

/// <summary>Second names of a file (link(2)).</summary>
public static class HardLink
{
    /// <summary>False when the name exists, the directory does not, or the file system is another one.</summary>
    public static bool TryCreate(string existing, string newName) => LibC.link(existing, newName) == 0;
}
