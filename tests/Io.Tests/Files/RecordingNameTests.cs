using RtpProxy.Io.Storage;
using RtpProxy.Relay.Recording;

namespace RtpProxy.Io.Tests.Files;

/// <summary>How recordings are called, and that none takes the file of another.</summary>
public sealed class RecordingNameTests : IDisposable
{
    private readonly RecordingDirectory _directory = new();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void An_old_file_is_left_alone_and_the_new_one_gets_a_number()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "x.rtp"), "old");
        using RecordingStore store = Make();
        store.TryOpen("call", "x.rtp", "new"u8)!.Close();
        store.TryOpen("call", "x.rtp", "newer"u8)!.Close();
        store.Stop();

        _directory.Read("x.rtp").ShouldBe("old"u8.ToArray());
        _directory.Read("x.1.rtp").ShouldBe("new"u8.ToArray());
        _directory.Read("x.2.rtp").ShouldBe("newer"u8.ToArray());
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
        _directory.Names().ShouldBe([existing, "x.1.o.rtcp", "x.1.o.rtp"], ignoreOrder: true);
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

        _directory.Names().ShouldBe(["x.o.rtp", .. endings.Select(ending => "x.1" + ending)], ignoreOrder: true);
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
        _directory.Read("voice.2").ShouldBe("new"u8.ToArray());
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
                file.Put([.. Enumerable.Repeat((byte)round, 4000)]).ShouldBeTrue();
            }

            file.Close();
        }

        store.Stop();

        _directory.Names().Count.ShouldBe(Rounds);
        for (int round = 0; round < Rounds; round++)
        {
            _directory.Read(round == 0 ? "x.rtp" : $"x.{round}.rtp").ShouldBe([.. "head"u8, .. Enumerable.Repeat((byte)round, 800_000)]);
        }

        (spool is null || Directory.GetFiles(spool).Length == 0).ShouldBeTrue();
        _logger.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Two_recordings_do_not_share_a_file()
    {
        using RecordingStore store = Make();
        IRecordingFile first = store.TryOpen("call", "x.rtp", default)!;
        first.Put([1, 2, 3]);
        IRecordingFile second = store.TryOpen("other", "x.rtp", default)!;
        second.Put([4]);

        first.Close();
        second.Close();
        store.Stop();

        _directory.Read("x.rtp").ShouldBe([1, 2, 3]);
        _directory.Read("x.1.rtp").ShouldBe([4]);
    }

    private RecordingStore Make() => new(_directory.FullName, null, _logger);
}
