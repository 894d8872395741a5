namespace RtpProxy.TestKit.Daemon;

/// <summary>Where the executables under test are: published ones if there are any, else those of this build.</summary>
public static class BuiltExecutable
{
    /// <summary>Names the folder of published executables.</summary>
    public const string Variable = "RTPPROXY_PUBLISHED";

    /// <param name="project">That builds it, such as <c>RtpProxy.MakeAnn</c>.</param>
    /// <param name="name">Of the executable, such as <c>makeann</c>.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Find(string project, string name)
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
