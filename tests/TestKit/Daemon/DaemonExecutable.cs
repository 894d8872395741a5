namespace RtpProxy.TestKit.Daemon;

/// <summary>Where the executables under test are.</summary>
public static class DaemonExecutable
{
    /// <summary>Names the folder of published executables; unset, those of this build are tried.</summary>
    public const string Variable = "RTPPROXY_PUBLISHED";

    /// <summary>The daemon: published, or built by the project that references <c>src/Daemon</c>.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Path { get; } = Find();

    private static string Find()
    {
        string? published = Environment.GetEnvironmentVariable(Variable);

        // artifacts/bin/<test project>/<configuration>/ beside artifacts/bin/RtpProxy.Daemon/<configuration>/
        DirectoryInfo configuration = new(AppContext.BaseDirectory.TrimEnd('/'));
        string path = string.IsNullOrEmpty(published)
            ? System.IO.Path.Combine(configuration.Parent!.Parent!.FullName, "RtpProxy.Daemon", configuration.Name, "rtpproxy")
            : System.IO.Path.GetFullPath(System.IO.Path.Combine(published, "rtpproxy"));
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"the executable under test is missing: {path}", path);
    }
}
