using RtpProxy.Io.Storage;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Files;

/// <summary>The end of a daemon whose spool hangs, as on a network file system that does not answer.</summary>
public sealed class HangingSpoolTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("rtpproxy-io-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task What_comes_back_after_the_end_ends_quietly()
    {
        string spool = _root.CreateSubdirectory("spool").FullName;
        string noDirectory = Path.Combine(_root.FullName, "file");
        File.WriteAllText(noDirectory, "");
        File.WriteAllBytes(Path.Combine(spool, "x.rtp"), [2, 0, .. new byte[200]]);
        using var logger = new HangingLogger();
        var mover = new SpoolMover(noDirectory, spool, logger);
        mover.Start();
        await Eventually.TrueAsync(() => logger.Lines == 1, "what an earlier run left cannot be moved, and the thread hangs");
        mover.Post(new RecordingPath(noDirectory, spool, RecordingName.Of("y.rtp"), 0), "call");

        mover.Dispose();
        logger.Release();

        await Eventually.TrueAsync(() => logger.Lines == 2, "the other one is said to stay in the spool");
    }
}
