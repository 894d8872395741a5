namespace RtpProxy.Io.Tests.Files;

/// <summary>A directory for recordings, gone with everything in it at the end of a test.</summary>
internal sealed class RecordingDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rtpproxy-io-");

    public string FullName => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);

    public DirectoryInfo CreateSubdirectory(string name) => _directory.CreateSubdirectory(name);

    public FileInfo[] GetFiles() => _directory.GetFiles();

    public List<string> Names() => [.. _directory.GetFiles().Select(file => file.Name)];

    public long Length(string name) => new FileInfo(Path.Combine(FullName, name)).Length;

    public byte[] Read(string name) => File.ReadAllBytes(Path.Combine(FullName, name));
}
