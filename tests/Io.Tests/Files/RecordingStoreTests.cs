using RtpProxy.Io.Storage;
using RtpProxy.Relay.Recording;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Disks;

namespace RtpProxy.Io.Tests.Files;

public sealed class RecordingStoreTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rtpproxy-io-");
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Records_are_on_disk_after_the_end_in_order()
    {
        using RecordingStore store = Make();
        IRecordingFile file = store.TryOpen("call", "call=tag.o.rtp", "header"u8)!;
        var expected = new List<byte>("header"u8.ToArray());
        for (int i = 0; i < 1000; i++)
        {
            byte[] record = [.. Enumerable.Repeat((byte)i, 1 + (i * 7 % 300))];
            Put(file, record).ShouldBeTrue();
            expected.AddRange(record);
        }

        file.Close();
        store.Stop();

        Read("call=tag.o.rtp").ShouldBe(expected);
        _logger.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_file_grows_by_whole_buffers_while_recording()
    {
        using RecordingStore store = Make();
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        for (int i = 0; i < 41; i++)
        {
            Put(file, new byte[202]).ShouldBeTrue();
        }

        // 20 records of 202 bytes fit 4,096 bytes.
        await Eventually.TrueAsync(() => Length("x.rtp") == 2 * 4040, "two buffers on disk");
        file.Close();
    }

    [Fact]
    public void A_record_larger_than_the_buffer_is_written_whole()
    {
        using RecordingStore store = Make();
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        byte[] large = [.. Enumerable.Range(0, 9000).Select(i => (byte)i)];
        Put(file, [1, 2, 3]);
        Put(file, large);
        Put(file, [4]);
        file.Close();
        store.Stop();

        Read("x.rtp").ShouldBe([1, 2, 3, .. large, 4]);
    }

    [Fact]
    public void An_empty_recording_is_an_empty_file()
    {
        using RecordingStore store = Make();
        store.TryOpen("call", "x.rtp", default)!.Close();
        store.Stop();

        Length("x.rtp").ShouldBe(0);
    }

    [Fact]
    public void An_old_file_is_left_alone_and_the_new_one_gets_a_number()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "x.rtp"), "old");
        using RecordingStore store = Make();
        store.TryOpen("call", "x.rtp", "new"u8)!.Close();
        store.TryOpen("call", "x.rtp", "newer"u8)!.Close();
        store.Stop();

        Read("x.rtp").ShouldBe("old"u8.ToArray());
        Read("x.1.rtp").ShouldBe("new"u8.ToArray());
        Read("x.2.rtp").ShouldBe("newer"u8.ToArray());
    }

    [Theory]
    [InlineData("call=tag.o.rtp", "call=tag.1.o.rtp")]
    [InlineData("call=tag.a.rtcp", "call=tag.1.a.rtcp")]
    [InlineData("call=tag.pcap", "call=tag.1.pcap")]
    [InlineData("name.rtcp", "name.1.rtcp")]
    [InlineData("name", "name.1")]
    [InlineData(".rtp", ".rtp.1")]
    [InlineData("a.b", "a.b.1")]
    public void The_number_stands_before_the_ending(string name, string numbered)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, name), "old");
        using RecordingStore store = Make();

        store.TryOpen("call", name, default)!.Close();

        File.Exists(Path.Combine(_directory.FullName, numbered)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("x.o.rtp")]
    [InlineData("x.o.rtcp")]
    public void RTP_and_RTCP_of_one_recording_have_one_number_whichever_exists(string existing)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, existing), "old");
        using RecordingStore store = Make();

        IRecordingFile rtp = store.TryOpen("call", "x.o.rtp", default)!;
        IRecordingFile rtcp = store.TryOpen("call", "x.o.rtcp", default)!;

        rtp.Close();
        rtcp.Close();
        Names().ShouldBe([existing, "x.1.o.rtcp", "x.1.o.rtp"], ignoreOrder: true);
    }

    [Fact]
    public void What_the_other_party_says_gets_the_number_of_the_recording_that_is_being_made()
    {
        using RecordingStore store = Make();
        string[] endings = [".o.rtp", ".o.rtcp", ".a.rtp", ".a.rtcp"];
        store.TryOpen("call", "x.o.rtp", default)!.Close();
        store.Stop(); // a caller alone was recorded

        using RecordingStore again = Make();
        foreach (string ending in endings)
        {
            again.TryOpen("call", "x" + ending, default).ShouldNotBeNull();
        }

        Names().ShouldBe(["x.o.rtp", .. endings.Select(ending => "x.1" + ending)], ignoreOrder: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void When_one_of_two_files_cannot_be_made_neither_is(bool spooled)
    {
        // The longest name that a file can have, and the ending of RTCP has a letter more.
        string stem = new('n', 255 - ".rtp".Length);
        string spool = _directory.CreateSubdirectory("spool").FullName;
        string final = _directory.CreateSubdirectory("final").FullName;
        using var store = new RecordingStore(final, spooled ? spool : null, _logger);

        store.TryOpenPair("call", $"{stem}.rtp", $"{stem}.rtcp", "header"u8, out IRecordingFile? rtp, out IRecordingFile? rtcp)
            .ShouldBeFalse();
        store.TryOpenPair("call", "x.rtp", "y/x.rtcp", "header"u8, out _, out _).ShouldBeFalse();
        store.Stop();

        (rtp, rtcp).ShouldBe((null, null));
        Directory.GetFileSystemEntries(final).ShouldBeEmpty();
        Directory.GetFileSystemEntries(spool).ShouldBeEmpty();
    }

    [Fact]
    public void Two_files_get_one_number_even_if_their_names_have_nothing_in_common()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "reports"), "old");
        File.WriteAllText(Path.Combine(_directory.FullName, "voice.1"), "old");
        using RecordingStore store = Make();

        store.TryOpenPair("call", "voice", "reports", "new"u8, out IRecordingFile? rtp, out IRecordingFile? rtcp).ShouldBeTrue();
        rtp!.Close();
        rtcp!.Close();
        store.Stop();

        Directory.GetFiles(_directory.FullName).Select(Path.GetFileName)
            .ShouldBe(["reports", "voice.1", "voice.2", "reports.2"], ignoreOrder: true);
        Read("voice.2").ShouldBe("new"u8.ToArray());
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

        Read("x.rtp").ShouldBe("theirs"u8.ToArray());
        Read("x.1.rtp").ShouldBe("ours"u8.ToArray());
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

        Read("x.rtp").ShouldBe("old"u8.ToArray());
        Length("x.1.rtp").ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("/etc/x")]
    [InlineData("a\0b")]
    public void Names_that_leave_the_directory_are_refused(string name)
    {
        using RecordingStore store = Make();

        store.TryOpen("call", name, default).ShouldBeNull();

        _logger.Lines.ShouldHaveSingleItem().Id.ShouldBe(1302);
        _directory.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused()
    {
        using RecordingStore store = Make();

        store.TryOpen("call", new string('x', 256), default).ShouldBeNull();
        store.TryOpen("call", new string('x', 255), default).ShouldNotBeNull().Close();
    }

    [Fact]
    public void Bytes_of_a_name_are_kept_as_they_came()
    {
        using RecordingStore store = Make();
        store.TryOpen("call", "\u00C3\u00A9 %H.rtp", default)!.Close();
        store.Stop();

        _directory.GetFiles().ShouldHaveSingleItem().Name.ShouldBe("\u00E9 %H.rtp"); // UTF-8 on disk, as the controller sent it
    }

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
    public void A_spooled_recording_appears_in_its_directory_when_it_is_complete()
    {
        string spool = _directory.CreateSubdirectory("spool").FullName;
        using var store = new RecordingStore(_directory.FullName, spool, _logger);
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        Put(file, [1, 2, 3]);
        File.Exists(Path.Combine(spool, "x.rtp")).ShouldBeTrue();
        File.Exists(Path.Combine(_directory.FullName, "x.rtp")).ShouldBeFalse();

        file.Close();
        store.Stop();

        File.Exists(Path.Combine(spool, "x.rtp")).ShouldBeFalse();
        Read("x.rtp").ShouldBe([1, 2, 3]);
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
    public void Recordings_that_are_open_at_the_end_are_completed()
    {
        RecordingStore store = Make();
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        Put(file, [1, 2, 3]);

        store.Dispose();

        Read("x.rtp").ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_recording_begun_again_at_once_is_another_file(bool spooled)
    {
        const int Rounds = 20;
        string? spool = spooled ? _directory.CreateSubdirectory("spool").FullName : null;
        using var store = new RecordingStore(_directory.FullName, spool, _logger);
        for (int round = 0; round < Rounds; round++)
        {
            IRecordingFile file = store.TryOpen("call", "x.rtp", "head"u8)!;
            for (int i = 0; i < 200; i++)
            {
                Put(file, [.. Enumerable.Repeat((byte)round, 4000)]).ShouldBeTrue();
            }

            file.Close();
        }

        store.Stop();

        Names().Count.ShouldBe(Rounds);
        for (int round = 0; round < Rounds; round++)
        {
            Read(round == 0 ? "x.rtp" : $"x.{round}.rtp").ShouldBe([.. "head"u8, .. Enumerable.Repeat((byte)round, 800_000)]);
        }

        (spool is null || Directory.GetFiles(spool).Length == 0).ShouldBeTrue();
        _logger.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Two_recordings_do_not_share_a_file()
    {
        using RecordingStore store = Make();
        IRecordingFile first = store.TryOpen("call", "x.rtp", default)!;
        Put(first, [1, 2, 3]);
        IRecordingFile second = store.TryOpen("other", "x.rtp", default)!;
        Put(second, [4]);

        first.Close();
        second.Close();
        store.Stop();

        Read("x.rtp").ShouldBe([1, 2, 3]);
        Read("x.1.rtp").ShouldBe([4]);
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
                return !Put(file, new byte[202]);
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
            Put(file, new byte[202]).ShouldBeTrue();
        }

        file.Close();
        store.TryOpen("call", "y.rtp", default).ShouldBeNull();
        store.Stop();
        _logger.Texts.ShouldHaveSingleItem().ShouldEndWith("No such file or directory (2)");
    }

    [Fact]
    public async Task The_writer_gives_way_to_the_packets()
    {
        using RecordingStore store = Make();
        store.TryOpen("call", "x.rtp", default)!.Close();

        await Eventually.TrueAsync(
            () => NicenessOf("recordings").Contains(Math.Min(NicenessOf(null).Min() + RecordingWriter.Niceness, 19)),
            "the writer is nicer than others");
    }

    [Fact]
    public void A_writer_that_is_too_far_behind_takes_no_more()
    {
        using var writer = new RecordingWriter();
        using RecordingStore store = Make();
        var file = (RecordingFile)store.TryOpen("call", "x.rtp", default)!;
        int taken = 0;
        while (writer.TryPost(file, new RecordingBuffer(1)))
        {
            taken++;
        }

        taken.ShouldBe(RecordingWriter.MaxQueuedBuffers);
    }

    [Fact]
    public void Recording_allocates_nothing_once_it_runs()
    {
        using RecordingStore store = Make();
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        byte[] record = new byte[202];
        long smallest = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 15; i++)
            {
                Put(file, record);
            }

            smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        smallest.ShouldBe(0);
        file.Close();
    }

    private static bool Put(IRecordingFile file, byte[] bytes)
    {
        if (!file.TryReserve(bytes.Length, out Span<byte> record))
        {
            return false;
        }

        bytes.CopyTo(record);
        return true;
    }

    /// <summary>Of the threads of this process with a name, or all.</summary>
    private static int[] NicenessOf(string? name)
    {
        const int Niceness = 19; // field of proc_pid_stat(5); the third comes after the name in parentheses
        return
        [
            .. Directory.GetDirectories("/proc/self/task")
                .Select(task => TryReadText($"{task}/stat"))
                .OfType<string>()
                .Where(stat => name is null || stat.Contains($"({name})", StringComparison.Ordinal))
                .Select(stat => int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[Niceness - 3], null)),
        ];
    }

    /// <summary>Null for a thread that has ended meanwhile.</summary>
    private static string? TryReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private List<string> Names() => [.. _directory.GetFiles().Select(file => file.Name)];

    private RecordingStore Make() => new(_directory.FullName, null, _logger);

    private long Length(string name) => new FileInfo(Path.Combine(_directory.FullName, name)).Length;

    private byte[] Read(string name) => File.ReadAllBytes(Path.Combine(_directory.FullName, name));
}
