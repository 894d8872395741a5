namespace RtpProxy.Io.Posix.Files;

/// <summary>
/// The directory that relative paths count from. It may be gone, as one may that a relay was started in which is followed by another
/// after days: paths are then below a place where nothing is, and fail one by one, where they are used.
/// </summary>
internal static class CurrentDirectory
{
    private const string Link = "/proc/self/cwd";

    /// <summary>Its path; where it is gone, that which it had, with the system's mark behind it.</summary>
    public static string FullPath
    {
        get
        {
            try
            {
                return Environment.CurrentDirectory;
            }
            catch (IOException)
            {
                return new FileInfo(Link).LinkTarget ?? Link;
            }
        }
    }

    /// <summary>A path as it is from everywhere.</summary>
    public static string Resolve(string path) =>
        Path.IsPathRooted(path) ? Path.GetFullPath(path) : Path.GetFullPath(path, FullPath);
}
