using RtpProxy.Io.Storage;
using RtpProxy.Relay.Recording;

namespace RtpProxy.Io.Tests.Files;

/// <summary>Recordings that are made in the spool and moved when they are complete.</summary>
public sealed class RecordingSpoolTests : IDisposable
{
    private readonly RecordingDirectory _directory = new();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_spooled_recording_appears_in_its_directory_when_it_is_complete()
    {
        string spool = _directory.CreateSubdirectory("spool").FullName;
        using var store = new RecordingStore(_directory.FullName, spool, _logger);
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        file.Destination.ShouldBe(Path.Combine(_directory.FullName, "x.rtp"));
        file.Put([1, 2, 3]);
        File.Exists(Path.Combine(spool, "x.rtp")).ShouldBeTrue();
        File.Exists(Path.Combine(_directory.FullName, "x.rtp")).ShouldBeFalse();

        file.Close();
        store.Stop();

        File.Exists(Path.Combine(spool, "x.rtp")).ShouldBeFalse();
        _directory.Read("x.rtp").ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/../link")]
    public void A_spool_that_is_the_directory_itself_is_none(string way)
    {
        string directory = _directory.CreateSubdirectory("all").FullName;
        Directory.CreateSymbolicLink(Path.Combine(_directory.FullName, "link"), directory);
        using var store = new RecordingStore(directory, directory + way, _logger);
        store.Start();

        IRecordingFile? file = store.TryOpen("call", "x.rtp", default);
        file?.Put([1, 2, 3]);
        file?.Close();
        store.Stop();

        _logger.Texts.ShouldBeEmpty();
        File.ReadAllBytes(Path.Combine(directory, "x.rtp")).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_recording_that_cannot_be_moved_stays_in_the_spool()
    {
        string spool = _directory.CreateSubdirectory("spool").FullName;
        DirectoryInfo final = _directory.CreateSubdirectory("final");
        using var store = new RecordingStore(final.FullName, spool, _logger);
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        final.Delete();

        file.Close();
        store.Stop();

        File.Exists(Path.Combine(spool, "x.rtp")).ShouldBeTrue();
        _logger.Texts.ShouldHaveSingleItem()
            .ShouldBe("can't move session record from spool into permanent storage: No such file or directory (2)");
    }

    [Fact]
    public void What_lies_in_the_directory_meanwhile_is_not_overwritten_by_what_comes_from_the_spool()
    {
        string spool = _directory.CreateSubdirectory("spool").FullName;
        using var store = new RecordingStore(_directory.FullName, spool, _logger);
        IRecordingFile file = store.TryOpen("call", "x.rtp", "ours"u8)!;
        File.WriteAllText(Path.Combine(_directory.FullName, "x.rtp"), "theirs");

        file.Close();
        store.Stop();

        _directory.Read("x.rtp").ShouldBe("theirs"u8.ToArray());
        _directory.Read("x.1.rtp").ShouldBe("ours"u8.ToArray());
        Directory.GetFiles(spool).ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_waits_in_its_directory_is_taken_for_the_spool_too()
    {
        string spool = _directory.CreateSubdirectory("spool").FullName;
        File.WriteAllText(Path.Combine(_directory.FullName, "x.rtp"), "old");
        using var store = new RecordingStore(_directory.FullName, spool, _logger);

        store.TryOpen("call", "x.rtp", default)!.Close();
        store.Stop();

        _directory.Read("x.rtp").ShouldBe("old"u8.ToArray());
        _directory.Length("x.1.rtp").ShouldBe(0);
    }
}
