using RtpProxy.Io.Storage;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Files;

/// <summary>The thread that writes recordings.</summary>
public sealed class RecordingWriterTests : IDisposable
{
    private readonly RecordingDirectory _directory = new();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_writer_gives_way_to_the_packets()
    {
        using RecordingStore store = Make();
        store.TryOpen("call", "x.rtp", default)!.Close();

        await Eventually.TrueAsync(
            () => NicenessOf("recordings").Contains(Math.Min(NicenessOf(null).Min() + WriterThread.Niceness, 19)),
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

    private RecordingStore Make() => new(_directory.FullName, null, _logger);
}
