using RtpProxy.Daemon.Options;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Daemon.Watching;

/// <summary>Finds the executable of the watcher.</summary>
internal static class WatcherProgram
{
    public const string Name = "rtpproxywatch";

    /// <param name="directory">Where our own executable is: the watcher beside it is the one that belongs to us.</param>
    /// <param name="path">As the variable PATH; may be null.</param>
    /// <returns>Its full path; null if it is nowhere.</returns>
    public static string? Find(string directory, string? path) =>
        (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Prepend(directory)
            .Where(Path.IsPathRooted)
            .Select(place => Path.Combine(place, Name))
            .FirstOrDefault(IsExecutable);

    /// <summary>Whether there is one beside this program or in PATH.</summary>
    public static StartFault? Check(Settings settings) =>
        Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable("PATH")) is not null
            ? null
            : StartFault.Of((settings.Find("http") ?? settings.Find("ng-http") ?? settings.Of("otlp")).Refuse(
                new($"that program in {AppContext.BaseDirectory} or in PATH", $"{Name} is not there to do it")));

    private static bool IsExecutable(string file)
    {
        const int Execute = 0x49; // octal 0111
        return FileStatus.TryReadTarget(NativePath.From(file), out FileStatus status) == Errno.None
            && status.IsRegularFile && (status.Mode & Execute) != 0;
    }
}
