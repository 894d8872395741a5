using RtpProxy.Io.Storage;
using RtpProxy.Relay.Recording;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Disks;

namespace RtpProxy.Io.Tests.Files;

/// <summary>What becomes of recordings when the disk does not do its part.</summary>
public sealed class RecordingFaultTests : IDisposable
{
    private readonly RecordingDirectory _directory = new();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_directory_that_is_not_there_is_logged_with_its_reason()
    {
        string absent = Path.Combine(_directory.FullName, "absent");
        using var store = new RecordingStore(absent, null, _logger);

        store.TryOpen("call", "x.rtp", default).ShouldBeNull();

        _logger.Texts.ShouldHaveSingleItem().ShouldBe($"can't open {absent}/x.rtp for writing: No such file or directory (2)");
    }

    [Fact]
    public void Without_a_directory_nothing_is_recorded()
    {
        using var store = new RecordingStore(null, null, _logger);

        store.IsConfigured.ShouldBeFalse();
        store.TryOpen("call", "x.rtp", default).ShouldBeNull();
        _logger.Texts.ShouldHaveSingleItem().ShouldBe("directory for saving local recordings is not configured");
    }

    [Fact]
    public void A_header_that_cannot_be_written_is_no_recording_and_no_file()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small file system needs root");
        using var disk = SmallDisk.Mount(32 << 10);
        disk.Fill();
        using var store = new RecordingStore(disk.Path, null, _logger);

        store.TryOpen("call", "x.pcap", new byte[5000]).ShouldBeNull();

        _logger.Texts.ShouldHaveSingleItem().ShouldBe($"{disk.File("x.pcap")}: error writing header: No space left on device (28)");
        File.Exists(disk.File("x.pcap")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_disk_that_fills_up_keeps_whole_records_only()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small file system needs root");
        using var disk = SmallDisk.Mount(32 << 10);
        using var store = new RecordingStore(disk.Path, null, _logger);
        IRecordingFile file = store.TryOpen("call", "x.rtp", "header"u8)!;

        int offered = 0;
        await Eventually.TrueAsync(
            () =>
            {
                offered++;
                return !file.Put(new byte[202]);
            },
            "the disk is full");
        file.Close();
        store.Stop();

        long bytes = new FileInfo(disk.File("x.rtp")).Length - 6;
        bytes.ShouldBeGreaterThan(28_000, "what fits is there");
        (bytes % 202).ShouldBe(0);
        _logger.Texts.ShouldBe(
        [
            "error while recording session (RTP): No space left on device (28)",
            $"recording into {disk.File("x.rtp")} lost {offered - (bytes / 202)} records",
        ]);
    }

    [Fact]
    public void A_directory_that_vanishes_costs_its_recordings_and_nothing_else()
    {
        DirectoryInfo directory = _directory.CreateSubdirectory("gone");
        using var store = new RecordingStore(directory.FullName, null, _logger);
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        directory.Delete(recursive: true);

        for (int i = 0; i < 100; i++)
        {
            file.Put(new byte[202]).ShouldBeTrue();
        }

        file.Close();
        store.TryOpen("call", "y.rtp", default).ShouldBeNull();
        store.Stop();
        _logger.Texts.ShouldHaveSingleItem().ShouldEndWith("No such file or directory (2)");
    }
}
