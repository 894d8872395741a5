using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Watch.Tests.Kit;

/// <summary>Files for <c>--http-token</c>.</summary>
internal static class TokenFiles
{
    public const string Token = "correct-horse-battery";

    /// <param name="mode">Octal.</param>
    /// <returns>Its path.</returns>
    public static string Write(WorkingDirectory directory, string content = Token + "\n", string mode = "0600")
    {
        string path = directory.File("token");
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        }

        return path;
    }
}
