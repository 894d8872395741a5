using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Files;

/// <summary>What this process may do with a directory.</summary>
public static unsafe class DirectoryAccess
{
    /// <returns>Why no file can be made there; null if one can.</returns>
    public static string? Explain(string directory) => Explain(directory, LibC.W_OK | LibC.X_OK, "make no files in");

    /// <returns>Why no file can be found there; null if one can.</returns>
    public static string? ExplainReading(string directory) => Explain(directory, LibC.X_OK, "not look into");

    /// <param name="file">Relative to the current directory.</param>
    /// <returns>Why it cannot be written to, or made; null if it can.</returns>
    public static string? ExplainFile(string file)
    {
        string full = CurrentDirectory.Resolve(file);
        if (Directory.Exists(full))
        {
            return $"{full} is a directory";
        }

        return !File.Exists(full) ? Explain(Path.GetDirectoryName(full) ?? "/")
            : IsPermitted(full, LibC.W_OK) ? null : $"{Environment.UserName} may not write to {full}";
    }

    private static string? Explain(string directory, int access, string refused) =>
        !Directory.Exists(directory) ? $"there is no directory {directory}"
        : IsPermitted(directory, access) ? null : $"{Environment.UserName} may {refused} {directory}";

    private static bool IsPermitted(string path, int access)
    {
        fixed (byte* name = NativePath.From(path))
        {
            return LibC.euidaccess(name, access) == 0;
        }
    }
}
