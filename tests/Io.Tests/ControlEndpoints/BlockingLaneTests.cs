using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.ControlEndpoints;

public sealed class BlockingLaneTests
{
    [Fact]
    public async Task So_many_at_a_time_run_and_the_rest_waits_its_turn()
    {
        var lane = new BlockingLane("test", maxThreads: 3);
        using var gate = new ManualResetEventSlim();
        int running = 0;
        Task[] work = [.. Enumerable.Range(0, 10).Select(_ => lane.RunAsync(() =>
        {
            Interlocked.Increment(ref running);
            gate.Wait();
        }))];

        await Eventually.TrueAsync(() => Volatile.Read(ref running) == 3, "three run");
        gate.Set();

        await Task.WhenAll(work).WaitAsync(Eventually.Deadline);
        running.ShouldBe(10);
    }

    [Fact]
    public async Task What_the_work_throws_comes_out_and_the_lane_goes_on()
    {
        var lane = new BlockingLane("test", maxThreads: 1);

        await Should.ThrowAsync<InvalidOperationException>(lane.RunAsync(() => throw new InvalidOperationException()));

        await lane.RunAsync(() => { }).WaitAsync(Eventually.Deadline);
    }
}
