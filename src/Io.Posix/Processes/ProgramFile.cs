using System.Globalization;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>The program that a process runs, which stays there for who has this, whatever takes its name.</summary>
internal sealed unsafe class ProgramFile : IDisposable
{
    private readonly FdHandle _file;

    private ProgramFile(FdHandle file) => _file = file;

    /// <summary>Where it can be started, by this process and its children.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_file.Number}");

    /// <summary>Null where the process is gone or the system does not tell.</summary>
    public static ProgramFile? TryOpen(int process)
    {
        fixed (byte* link = NativePath.From(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/exe")))
        {
            FdHandle file = LibC.open(link, LibC.O_PATH | LibC.O_CLOEXEC, 0);
            if (!file.IsInvalid)
            {
                return new ProgramFile(file);
            }

            file.Dispose();
            return null;
        }
    }

    /// <summary>Whether a path leads to it.</summary>
    public bool IsAt(string path) => FileIdentity.AreSame(path, Path);

    public void Dispose() => _file.Dispose();
}
