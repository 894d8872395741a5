namespace RtpProxy.Watch.Tests.Kit;

/// <summary>Files of the project that tests read.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string Text(string path) => System.IO.File.ReadAllText(File(path));

    public static string File(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !System.IO.File.Exists(Path.Combine(directory.FullName, "RtpProxy.slnx")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("these tests run within the project");
    }
}
