using RtpProxy.Io.Storage;
using RtpProxy.Relay.Recording;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Files;

/// <summary>What is in the files, and what it costs to put it there.</summary>
public sealed class RecordingStoreTests : IDisposable
{
    private readonly RecordingDirectory _directory = new();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Records_are_on_disk_after_the_end_in_order()
    {
        using RecordingStore store = Make();
        IRecordingFile file = store.TryOpen("call", "call=tag.o.rtp", "header"u8)!;
        var expected = new List<byte>("header"u8.ToArray());
        for (int i = 0; i < 1000; i++)
        {
            byte[] record = [.. Enumerable.Repeat((byte)i, 1 + (i * 7 % 300))];
            file.Put(record).ShouldBeTrue();
            expected.AddRange(record);
        }

        file.Close();
        store.Stop();

        _directory.Read("call=tag.o.rtp").ShouldBe(expected);
        _logger.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_file_grows_by_whole_buffers_while_recording()
    {
        using RecordingStore store = Make();
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        for (int i = 0; i < 41; i++)
        {
            file.Put(new byte[202]).ShouldBeTrue();
        }

        // 20 records of 202 bytes fit 4,096 bytes.
        await Eventually.TrueAsync(() => _directory.Length("x.rtp") == 2 * 4040, "two buffers on disk");
        file.Close();
    }

    [Fact]
    public void A_record_larger_than_the_buffer_is_written_whole()
    {
        using RecordingStore store = Make();
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        byte[] large = [.. Enumerable.Range(0, 9000).Select(i => (byte)i)];
        file.Put([1, 2, 3]);
        file.Put(large);
        file.Put([4]);
        file.Close();
        store.Stop();

        _directory.Read("x.rtp").ShouldBe([1, 2, 3, .. large, 4]);
    }

    [Fact]
    public void An_empty_recording_is_an_empty_file()
    {
        using RecordingStore store = Make();
        store.TryOpen("call", "x.rtp", default)!.Close();
        store.Stop();

        _directory.Length("x.rtp").ShouldBe(0);
    }

    [Fact]
    public void Recordings_that_are_open_at_the_end_are_completed()
    {
        RecordingStore store = Make();
        IRecordingFile file = store.TryOpen("call", "x.rtp", default)!;
        file.Put([1, 2, 3]);

        store.Dispose();

        _directory.Read("x.rtp").ShouldBe([1, 2, 3]);
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
                file.Put(record);
            }

            smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        smallest.ShouldBe(0);
        file.Close();
    }

    private RecordingStore Make() => new(_directory.FullName, null, _logger);
}
