using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Files;

/// <summary>FIFOs, which make who opens them wait for the other end.</summary>
public static class NamedPipe
{
    /// <summary>Whether a path leads to one.</summary>
    public static bool Exists(string path) =>
        FileStatus.TryReadTarget(NativePath.From(path), out FileStatus status) == Errno.None && status.IsFifo;
}
