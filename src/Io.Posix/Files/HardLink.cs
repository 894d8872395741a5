using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Files;

/// <summary>Second names of a file (link(2)).</summary>
public static unsafe class HardLink
{
    /// <summary>False when the name exists, the directory does not, or the file system is another one.</summary>
    public static bool TryCreate(string existing, string newName)
    {
        fixed (byte* oldPath = NativePath.From(existing), newPath = NativePath.From(newName))
        {
            return LibC.link(oldPath, newPath) == 0;
        }
    }
}
