namespace RtpProxy.TestKit;

/// <summary>The sources that the tests were built from.</summary>
public static class Sources
{
    /// <summary>The top folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RtpProxy.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The sources are not above the tests.");
        }

        return folder.FullName;
    }
}
