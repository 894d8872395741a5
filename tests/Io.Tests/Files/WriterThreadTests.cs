using System.Collections.Concurrent;
using RtpProxy.Io.Storage;

namespace RtpProxy.Io.Tests.Files;

/// <summary>When a thread that writes looks, sleeps and ends.</summary>
public sealed class WriterThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _handedOver = new();
    private readonly ConcurrentQueue<string> _written = new();

    /// <param name="look">After which look of the thread something is handed over and it is told to stop.</param>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_handed_over_between_a_look_and_the_end_is_written(int look)
    {
        int looks = 0;
        WriterThread? thread = null;
        thread = new WriterThread("writer", () =>
        {
            if (TryWrite())
            {
                return true;
            }

            if (++looks == look)
            {
                // As another thread might, just now.
                _handedOver.Enqueue("last");
                thread!.Wake();
                thread.TellToStop();
            }

            return false;
        });
        thread.Start();

        thread.TryJoin(Patience).ShouldBeTrue();
        thread.Dispose();
        _written.ShouldBe(["last"]);
    }

    [Fact]
    public void One_that_sleeps_is_woken()
    {
        using var hasLooked = new CountdownEvent(2);
        using var hasWritten = new ManualResetEventSlim();
        var thread = new WriterThread("writer", () =>
        {
            bool isWritten = TryWrite();
            if (isWritten)
            {
                hasWritten.Set();
            }
            else if (!hasLooked.IsSet)
            {
                hasLooked.Signal();
            }

            return isWritten;
        });
        thread.Start();
        hasLooked.Wait(Patience).ShouldBeTrue();

        _handedOver.Enqueue("one");
        thread.Wake();
        hasWritten.Wait(Patience).ShouldBeTrue();
        thread.TellToStop();

        thread.TryJoin(Patience).ShouldBeTrue();
        thread.Dispose();
        _written.ShouldBe(["one"]);
    }

    private bool TryWrite()
    {
        if (!_handedOver.TryDequeue(out string? text))
        {
            return false;
        }

        _written.Enqueue(text);
        return true;
    }
}
