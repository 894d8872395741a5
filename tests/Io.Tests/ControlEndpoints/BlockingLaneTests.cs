using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.ControlEndpoints;

public sealed class BlockingLaneTests
{
    [Fact]
    public async Task So_many_at_a_time_run_and_the_rest_waits_its_turn()
    {
        var lane = new BlockingLane("test", maxThreads: 3, NullLogger.Instance);
        using var gate = new ManualResetEventSlim();
        int running = 0;
        int done = 0;
        for (int i = 0; i < 10; i++)
        {
            lane.Run(() =>
            {
                Interlocked.Increment(ref running);
                gate.Wait();
                Interlocked.Increment(ref done);
            });
        }

        await Eventually.TrueAsync(() => Volatile.Read(ref running) == 3, "three run");
        gate.Set();

        await Eventually.TrueAsync(() => Volatile.Read(ref done) == 10, "all are done");
        running.ShouldBe(10);
    }

    [Fact]
    public async Task What_the_work_throws_is_told_and_the_lane_goes_on()
    {
        var logger = new RecordingLogger();
        var lane = new BlockingLane("test", maxThreads: 1, logger);
        var done = new TaskCompletionSource();

        lane.Run(() => throw new InvalidOperationException());
        lane.Run(done.SetResult);

        await done.Task.WaitAsync(Eventually.Deadline);
        logger.Texts.ShouldHaveSingleItem();
    }
}
