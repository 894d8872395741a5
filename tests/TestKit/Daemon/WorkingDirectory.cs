namespace RtpProxy.TestKit.Daemon;

/// <summary>A new directory for one test, removed with everything in it.</summary>
public sealed class WorkingDirectory : IDisposable
{
    // Short, because the path of a Unix socket must fit 107 bytes.
    public string Path { get; } = Directory.CreateTempSubdirectory("rtpp-").FullName;

    /// <summary>The absolute path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
