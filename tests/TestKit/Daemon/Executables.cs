namespace RtpProxy.TestKit.Daemon;

/// <summary>Where the executables under test are.</summary>
public static class Executables
{
    /// <summary>Names the folder of published executables; unset, those of this build are tried.</summary>
    public const string Variable = "RTPPROXY_PUBLISHED";

    /// <summary>Whether published executables are under test: native code, without the runtime.</summary>
    public static bool ArePublished => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The daemon.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Daemon { get; } = Find("rtpproxy", "RtpProxy.Daemon");

    /// <param name="name">File name of the executable.</param>
    /// <param name="project">The project that makes it; one that references it, and is tested, has had it built.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Find(string name, string project)
    {
        string? published = Environment.GetEnvironmentVariable(Variable);

        // artifacts/bin/<test project>/<configuration>/ beside artifacts/bin/<project>/<configuration>/
        DirectoryInfo configuration = new(AppContext.BaseDirectory.TrimEnd('/'));
        string path = string.IsNullOrEmpty(published)
            ? Path.Combine(configuration.Parent!.Parent!.FullName, project, configuration.Name, name)
            : Path.GetFullPath(Path.Combine(published, name));
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"the executable under test is missing: {path}", path);
    }
}
