using RtpProxy.Io.Storage;
using RtpProxy.Media.Recording;
using RtpProxy.Relay.Recording;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Disks;

namespace RtpProxy.Io.Tests.Files;

/// <summary>Media rules, section 7.3: what becomes of recordings in the spool when a rename does not do.</summary>
public sealed class SpoolTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rtpproxy-io-");
    private readonly RecordingLogger _logger = new();
    private readonly string _spool;
    private readonly string _final;

    public SpoolTests()
    {
        _spool = _root.CreateSubdirectory("spool").FullName;
        _final = _root.CreateSubdirectory("final").FullName;
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task What_an_earlier_run_left_is_moved_at_the_start_and_overwrites_nothing()
    {
        WriteAdHoc(_spool, "call=tag.o.rtp");
        WriteAdHoc(_spool, "call=tag.2.a.rtcp");
        WritePcap(_spool, "call=tag.pcap");
        WritePcap(_spool, "of any name");
        File.WriteAllText(Path.Combine(_spool, "empty.rtp"), "");
        File.WriteAllText(Path.Combine(_final, "call=tag.o.rtp"), "kept");
        using var store = new RecordingStore(_final, _spool, _logger);

        store.Start();

        await Eventually.TrueAsync(() => Directory.GetFiles(_spool).Length == 0, "the spool is empty");
        NamesIn(_final).ShouldBe(
            ["call=tag.o.rtp", "call=tag.1.o.rtp", "call=tag.2.a.rtcp", "call=tag.pcap", "of any name", "empty.rtp"],
            ignoreOrder: true);
        File.ReadAllText(Path.Combine(_final, "call=tag.o.rtp")).ShouldBe("kept");
        store.Stop();
        _logger.Texts.ShouldHaveSingleItem().ShouldBe($"moved 5 recordings that an earlier run left in the spool {_spool}");
    }

    [Fact]
    public void What_is_no_recording_of_ours_stays()
    {
        File.WriteAllText(Path.Combine(_spool, "notes.txt"), "precious");
        File.WriteAllText(Path.Combine(_spool, "notes.rtp"), "precious, and longer than the header of a record of ours");
        File.WriteAllText(Path.Combine(_spool, "short.rtp"), "x");
        File.WriteAllText(Path.Combine(_spool, "empty.pcap"), "");
        File.WriteAllBytes(Path.Combine(_spool, "other.pcap"), [0xd4, 0xc3, 0xb2, 0xa1, .. new byte[100]]);
        Directory.CreateDirectory(Path.Combine(_spool, "directory.rtp"));
        WriteAdHoc(_root.FullName, "target.rtp");
        File.CreateSymbolicLink(Path.Combine(_spool, "link.rtp"), "../target.rtp");
        string[] before = Directory.GetFileSystemEntries(_spool);
        using var store = new RecordingStore(_final, _spool, _logger);

        store.Start();
        store.Stop();

        Directory.GetFileSystemEntries(_spool).ShouldBe(before);
        Directory.GetFileSystemEntries(_final).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_daemon_writes_is_left_to_it()
    {
        using var other = new RecordingStore(_final, _spool, _logger);
        IRecordingFile recording = other.TryOpen("call", "live.rtp", default)!;
        WriteAdHoc(_spool, "foreign.rtp");
        await using var foreign = new FileStream(Path.Combine(_spool, "foreign.rtp"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        WriteAdHoc(_spool, "left.rtp");
        using var store = new RecordingStore(_final, _spool, _logger);

        store.Start();

        await Eventually.TrueAsync(() => File.Exists(Path.Combine(_final, "left.rtp")), "the one at rest is moved");
        store.Stop();
        NamesIn(_spool).ShouldBe(["live.rtp", "foreign.rtp"], ignoreOrder: true);
        recording.Close();
        other.Stop();
        NamesIn(_final).ShouldBe(["left.rtp", "live.rtp"], ignoreOrder: true);
    }

    [Fact]
    public async Task Recordings_are_copied_from_another_file_system_and_that_is_said_at_the_start()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small file system needs root");
        using var disk = SmallDisk.Mount(256 << 10);
        WriteAdHoc(disk.Path, "left.rtp");
        File.WriteAllText(Path.Combine(_final, "x.rtp"), "kept");
        File.WriteAllText(Path.Combine(_final, ".rtpproxy-1-0.part"), "of a run that was killed");
        using var store = new RecordingStore(_final, disk.Path, _logger);
        store.Start();
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        byte[] record = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)];
        file.TryReserve(record.Length, out Span<byte> space).ShouldBeTrue();
        record.CopyTo(space);

        file.Close();

        await Eventually.TrueAsync(() => Directory.GetFiles(disk.Path).Length == 0, "the spool is empty");
        NamesIn(_final).ShouldBe(["x.rtp", "x.1.rtp", "left.rtp"], ignoreOrder: true);
        File.ReadAllBytes(Path.Combine(_final, "x.1.rtp")).ShouldBe(record);
        store.Stop();
        _logger.Texts.First().ShouldBe(
            $"the spool {disk.Path} is on another file system than {_final}: every recording is copied when it is complete");
    }

    [Fact]
    public async Task A_copy_that_does_not_fit_stays_in_the_spool()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small file system needs root");
        using var full = SmallDisk.Mount(32 << 10);
        full.Fill();
        using var store = new RecordingStore(full.Path, _spool, _logger);
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        file.TryReserve(5000, out _).ShouldBeTrue();

        file.Close();

        await Eventually.TrueAsync(() => _logger.Lines.Any(line => line.Id == 1306), "it is told");
        store.Stop();
        _logger.Texts.ShouldHaveSingleItem()
            .ShouldBe("can't move session record from spool into permanent storage: No space left on device (28)");
        NamesIn(_spool).ShouldBe(["x.rtp"]);
        NamesIn(full.Path).ShouldBe(["ballast"]);
    }

    private static void WriteAdHoc(string directory, string name) =>
        File.WriteAllBytes(Path.Combine(directory, name), [2, 0, .. new byte[200]]);

    private static void WritePcap(string directory, string name)
    {
        byte[] bytes = new byte[PcapRecord.FileHeaderLength + 100];
        PcapRecord.WriteFileHeader(bytes);
        File.WriteAllBytes(Path.Combine(directory, name), bytes);
    }

    private static List<string> NamesIn(string directory) => [.. new DirectoryInfo(directory).GetFiles().Select(file => file.Name)];
}
