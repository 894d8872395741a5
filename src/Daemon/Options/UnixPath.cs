using System.Text;

namespace RtpProxy.Daemon.Options;

/// <summary>The paths of Unix sockets (unix(7)).</summary>
internal static class UnixPath
{
    private const int MaxBytes = 107; // sun_path holds 108, the last of which is a zero.

    /// <returns>What is wrong with a path; null if it may be one.</returns>
    public static ValueFault? Check(string path)
    {
        int bytes = Encoding.UTF8.GetByteCount(path);
        return bytes switch
        {
            0 => new("a path", "the path is empty"),
            > MaxBytes => new($"a path of at most {MaxBytes} bytes", $"the path has {bytes} bytes"),
            _ when path.Contains('\0', StringComparison.Ordinal) => new("a path", "there is a zero byte in the path"),
            _ => null,
        };
    }
}
