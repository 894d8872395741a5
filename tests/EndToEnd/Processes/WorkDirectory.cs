namespace RtpProxy.EndToEnd.Processes;

/// <summary>A directory of its own for one fixture or test, removed with everything in it at the end.</summary>
/// <remarks>Directly below the temporary directory, so that the paths of Unix sockets in it stay short of 108 bytes.</remarks>
public sealed class WorkDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rtpp-e2e-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string CreateDirectory(string name) => Directory.CreateDirectory(this[name]).FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that has just been killed may still be creating its last file; the directory is a temporary one.
        }
    }
}
