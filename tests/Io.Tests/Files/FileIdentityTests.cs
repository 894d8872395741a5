using RtpProxy.Io.Posix.Files;

namespace RtpProxy.Io.Tests.Files;

public sealed class FileIdentityTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rtpproxy-io-");
    private readonly string _path;

    public FileIdentityTests() => _path = Path.Combine(_directory.FullName, "one");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void An_ordinary_file_is_told_from_devices_and_directories()
    {
        File.WriteAllText(_path, "one");

        FileIdentity.IsRegularFile(_path).ShouldBeTrue();
        FileIdentity.IsRegularFile("/dev/null").ShouldBeFalse();
        FileIdentity.IsRegularFile("/tmp").ShouldBeFalse();
        FileIdentity.IsRegularFile("/nonexistent").ShouldBeFalse();
    }

    [Fact]
    public void A_file_with_a_second_name_is_the_same_and_would_be_missed()
    {
        string other = Path.Combine(_directory.FullName, "two");
        File.WriteAllText(_path, "one");
        FileIdentity.IsReplaceable(_path).ShouldBeTrue();
        FileIdentity.AreSame(_path, other).ShouldBeFalse();

        HardLink.TryCreate(_path, other).ShouldBeTrue();

        HardLink.TryCreate(_path, other).ShouldBeFalse();
        FileIdentity.AreSame(_path, other).ShouldBeTrue();
        File.AppendAllText(other, "two");
        File.ReadAllText(_path).ShouldBe("onetwo");
        FileIdentity.IsReplaceable(_path).ShouldBeFalse();
    }
}
