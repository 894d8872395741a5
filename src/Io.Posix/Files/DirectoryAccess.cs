using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Files;

/// <summary>What this process may do with a directory.</summary>
public static unsafe class DirectoryAccess
{
    /// <returns>Why no file can be made there; null if one can.</returns>
    public static string? Explain(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return $"there is no directory {directory}";
        }

        fixed (byte* path = NativePath.From(directory))
        {
            return LibC.euidaccess(path, LibC.W_OK | LibC.X_OK) == 0 ? null : $"{Environment.UserName} may make no files in {directory}";
        }
    }
}
