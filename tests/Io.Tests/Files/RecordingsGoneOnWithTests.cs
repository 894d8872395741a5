using System.Net;
using RtpProxy.Io.Storage;
using RtpProxy.Media.Recording;
using RtpProxy.Relay.Recording;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Tests.Files;

/// <summary>A recording whose process has ended goes on in another.</summary>
public sealed class RecordingsGoneOnWithTests : IDisposable
{
    private static readonly Endpoint Source = Endpoint.From(IPAddress.Parse("192.0.2.1"), 4000);

    private readonly RecordingDirectory _directory = new();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_record_that_its_writer_did_not_finish_is_cut_off_and_the_next_ones_follow(bool isPcap)
    {
        byte[] first = RecordOf(1, isPcap);
        byte[] header = HeaderOf(isPcap);
        for (int written = 0; written < first.Length; written++)
        {
            string name = $"x{written}.rtp";
            Write(name, [.. header, .. first, .. first, .. first.AsSpan(0, written)]);
            using (var store = new RecordingStore(_directory.FullName, null, _logger))
            {
                IRecordingFile file = store.TryReopen("call", PathOf(name), header.Length + first.Length).ShouldNotBeNull();
                file.Put(RecordOf(2, isPcap)).ShouldBeTrue();
            }

            _directory.Read(name).ShouldBe([.. header, .. first, .. first, .. RecordOf(2, isPcap)]);
        }

        _logger.Texts.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_mended_even_if_nothing_follows()
    {
        Write("x.rtp", [.. RecordOf(1, isPcap: false), 1, 2, 3]);
        using (var store = new RecordingStore(_directory.FullName, null, _logger))
        {
            store.TryReopen("call", PathOf("x.rtp"), 0).ShouldNotBeNull();
        }

        _directory.Read("x.rtp").ShouldBe(RecordOf(1, isPcap: false));
    }

    [Fact]
    public void A_file_that_is_gone_or_elsewhere_or_no_file_is_not_gone_on_with()
    {
        _directory.CreateSubdirectory("below");
        Write("target", []);
        File.CreateSymbolicLink(PathOf("link.rtp"), PathOf("target"));
        using var store = new RecordingStore(_directory.FullName, null, _logger);

        store.TryReopen("call", PathOf("gone.rtp"), 0).ShouldBeNull();
        store.TryReopen("call", "/etc/passwd", 0).ShouldBeNull();
        store.TryReopen("call", PathOf("../x"), 0).ShouldBeNull();
        store.TryReopen("call", PathOf("below/x"), 0).ShouldBeNull();
        store.TryReopen("call", PathOf("below"), 0).ShouldBeNull();
        store.TryReopen("call", PathOf("link.rtp"), 0).ShouldBeNull();
        store.TryReopen("call", "", 0).ShouldBeNull();
        _logger.Texts.Count().ShouldBe(7);
    }

    [Fact]
    public void A_file_that_somebody_has_cut_short_is_not_written_to()
    {
        Write("x.rtp", [1, 2, 3]);
        using (var store = new RecordingStore(_directory.FullName, null, _logger))
        {
            IRecordingFile file = store.TryReopen("call", PathOf("x.rtp"), 1000).ShouldNotBeNull();
            file.Put(RecordOf(1, isPcap: false));
        }

        _directory.Read("x.rtp").ShouldBe([1, 2, 3]);
        _logger.Texts.ShouldContain("error while recording session (RTP): Invalid argument (22)");
    }

    [Fact]
    public void Two_parties_of_one_file_get_it_once()
    {
        Write("x.rtp", []);
        using var store = new RecordingStore(_directory.FullName, null, _logger);

        IRecordingFile? one = store.TryReopen("call", PathOf("x.rtp"), 0);

        store.TryReopen("call", PathOf("x.rtp"), 0).ShouldBeSameAs(one);
    }

    [Fact]
    public void What_is_handed_over_is_on_the_disk_whole_and_stays_in_the_spool()
    {
        string spool = _directory.CreateSubdirectory("spool").FullName;
        string final = _directory.CreateSubdirectory("final").FullName;
        byte[] header = HeaderOf(isPcap: true);
        string name;
        long whole;
        using (var before = new RecordingStore(final, spool, _logger))
        {
            IRecordingFile file = before.TryOpen("call", "x.pcap", header)!;
            file.Put(RecordOf(1, isPcap: true));
            before.TryFlush(TimeSpan.FromSeconds(10)).ShouldBeTrue();
            name = file.Name;
            whole = file.WholeBytes;
            before.Stop(isHandedOver: true);
        }

        whole.ShouldBe(header.Length + RecordOf(1, isPcap: true).Length);
        File.Exists(Path.Combine(final, "x.pcap")).ShouldBeFalse();
        using (var after = new RecordingStore(final, spool, _logger))
        {
            IRecordingFile file = after.TryReopen("call", name, whole).ShouldNotBeNull();
            file.Put(RecordOf(2, isPcap: true));
            file.Close();
        }

        File.ReadAllBytes(Path.Combine(final, "x.pcap"))
            .ShouldBe([.. header, .. RecordOf(1, isPcap: true), .. RecordOf(2, isPcap: true)]);
    }

    [Fact]
    public void A_recording_that_was_flushed_for_nothing_goes_on()
    {
        using (var store = new RecordingStore(_directory.FullName, null, _logger))
        {
            IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
            file.Put(RecordOf(1, isPcap: false));
            store.TryFlush(TimeSpan.FromSeconds(10)).ShouldBeTrue();
            file.Put(RecordOf(2, isPcap: false));
        }

        _directory.Read("x.rtp").ShouldBe([.. RecordOf(1, isPcap: false), .. RecordOf(2, isPcap: false)]);
    }

    private string PathOf(string name) => $"{_directory.FullName}/{name}";

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(PathOf(name), bytes);

    private static byte[] HeaderOf(bool isPcap)
    {
        byte[] header = new byte[isPcap ? PcapRecord.FileHeaderLength : 0];
        if (isPcap)
        {
            PcapRecord.WriteFileHeader(header);
        }

        return header;
    }

    private static byte[] RecordOf(byte mark, bool isPcap)
    {
        byte[] packet = [.. Enumerable.Repeat(mark, 20)];
        byte[] record = new byte[1000];
        int length = isPcap
            ? PcapRecord.Write(record, Source, Source, wallMicroseconds: 1, identification: 1, packet)
            : AdHocRecord.Write(record, Source, wallMicroseconds: 1, packet);
        return record[..length];
    }
}
