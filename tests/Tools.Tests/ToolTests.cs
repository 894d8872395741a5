namespace RtpProxy.Tools.Tests;

/// <summary>A directory of its own for each test.</summary>
public abstract class ToolTests : IDisposable
{
    protected ToolTests() => Work = Directory.CreateTempSubdirectory("rtpproxy-tools-").FullName;

    protected string Work { get; }

    public void Dispose()
    {
        Directory.Delete(Work, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string PathOf(string name) => Path.Combine(Work, name);

    protected void Write(string name, params byte[][] parts) =>
        File.WriteAllBytes(PathOf(name), [.. parts.SelectMany(part => part)]);

    protected byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    protected bool Exists(string name) => File.Exists(PathOf(name));

    protected short[] ReadSamples(string name) => Samples(Read(name));

    protected static short[] Samples(byte[] bytes) =>
        [.. bytes.Chunk(2).Select(pair => BitConverter.ToInt16(pair))];

    protected static byte[] Bytes(IEnumerable<short> samples) => [.. samples.SelectMany(BitConverter.GetBytes)];
}
