using System.Text;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Tools.CommandLine;

namespace RtpProxy.Tools.Output;

/// <summary>
/// A file that takes its name when it is complete; what had the name stays until then. It is written under a temporary name
/// in the same directory. What is no ordinary file, and what would be missed if another file took its place, is written
/// directly.
/// </summary>
internal sealed class OutputFile
{
    private const int MaxNameBytes = 255;
    private const int MaxAttempts = 1_000; // of names that others left behind
    private const int MaxLinks = 40; // as the kernel follows
    private const UnixFileMode Permissions = (UnixFileMode)0x1ff;

    // What the kernel leads to open files of this process: they are somebody's already, whatever they are.
    private static readonly string[] OpenFiles = ["/proc/", "/dev/fd/", "/dev/std"];

    private readonly string _path; // with links followed
    private bool _isOver;

    private OutputFile(string path, string writtenPath, bool isTemporary)
    {
        _path = path;
        WrittenPath = writtenPath;
        IsTemporary = isTemporary;
    }

    /// <summary>What to open for writing; it is to be truncated.</summary>
    public string WrittenPath { get; }

    /// <summary>It has been made already, under a name of its own.</summary>
    public bool IsTemporary { get; }

    /// <summary>Whether <see cref="WrittenPath"/> has been opened. Before that a file that is written directly is as it was.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Finds out where to write, and makes the temporary file if there is to be one.</summary>
    /// <param name="path">The name the user gave.</param>
    /// <param name="mode">For a new file, before the umask.</param>
    /// <param name="isDirect">Always to be written under its own name.</param>
    public static OutputFile Create(string path, UnixFileMode mode, bool isDirect)
    {
        string? target = isDirect ? null : Target(path);
        if (target is null)
        {
            return Direct(path);
        }

        if (Encoding.UTF8.GetByteCount(Path.GetFileName(target)) > MaxNameBytes)
        {
            throw new PathTooLongException();
        }

        UnixFileMode? kept = null;
        if (File.Exists(target))
        {
            // To have a name of one's own there is no way around a file that may not be written.
            File.OpenHandle(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
            kept = File.GetUnixFileMode(target);
        }

        try
        {
            return new OutputFile(target, CreateTemporary(target, mode, kept), isTemporary: true);
        }
        catch (UnauthorizedAccessException) when (kept is not null)
        {
            return Direct(path); // the directory takes no new names
        }
    }

    /// <summary>Gives the file its name.</summary>
    public void Keep()
    {
        if (IsTemporary && !_isOver)
        {
            File.Move(WrittenPath, _path, overwrite: true);
        }

        _isOver = true;
    }

    /// <summary>Unless it has been kept, the file goes, even while it is being written; what is no ordinary file stays.</summary>
    public void Remove()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        try
        {
            if (IsTemporary)
            {
                File.Delete(WrittenPath);
            }
            else if (IsOpen && FileIdentity.IsRegularFile(WrittenPath) && !LeadsToOpenFile(WrittenPath, out string target))
            {
                File.Delete(target);
            }
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            // The fault that left it incomplete has been reported; a directory without write permission keeps the rest.
        }
    }

    private static OutputFile Direct(string path) => new(path, path, isTemporary: false);

    /// <returns>The ordinary file that a path leads to or would create; null for anything else.</returns>
    private static string? Target(string path)
    {
        if (LeadsToOpenFile(path, out string target))
        {
            return null;
        }

        bool isNew = !Path.Exists(target) && Path.GetFileName(target).Length > 0;
        return isNew || FileIdentity.IsReplaceable(target) ? target : null;
    }

    private static bool LeadsToOpenFile(string path, out string target)
    {
        target = path;
        for (int links = 0; links < MaxLinks; links++)
        {
            string full = Path.GetFullPath(target);
            if (OpenFiles.Any(start => full.StartsWith(start, StringComparison.Ordinal)))
            {
                return true;
            }

            if (new FileInfo(full).LinkTarget is not { } next)
            {
                return false;
            }

            target = Path.Combine(Path.GetDirectoryName(full) ?? "/", next);
        }

        return true; // in a circle: opening it says so
    }

    private static string CreateTemporary(string target, UnixFileMode mode, UnixFileMode? kept)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(target)) ?? "/";
        string program = Path.GetFileNameWithoutExtension(AppDomain.CurrentDomain.FriendlyName);
        for (int attempt = 0; ; attempt++)
        {
            string name = Path.Combine(directory, $".{program}.{Environment.ProcessId}.{attempt}.tmp");
            try
            {
                FileStreamOptions options = new()
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = kept & Permissions ?? mode,
                };
                using FileStream file = new(name, options);
                if (kept is { } exactly)
                {
                    File.SetUnixFileMode(file.SafeFileHandle, exactly);
                }

                return name;
            }
            catch (IOException) when (attempt < MaxAttempts && Path.Exists(name))
            {
                // Another output of this run, or one that a killed run with the same number left behind.
            }
        }
    }
}
