using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Daemon.Running;
using RtpProxy.Daemon.Tests.Watching;
using RtpProxy.TestKit;

namespace RtpProxy.Daemon.Tests.Processes;

public class HeartbeatTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);

    [Fact]
    public async Task It_beats_as_long_as_the_workers_answer()
    {
        int beats = 0;
        using Heartbeat heart = new(Period, () => Task.CompletedTask, () => Interlocked.Increment(ref beats), NullLogger.Instance);

        await Eventually.TrueAsync(() => Volatile.Read(ref beats) >= 3);
    }

    [Fact]
    public async Task A_worker_that_does_not_answer_silences_it_until_it_does()
    {
        int beats = 0;
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using RecordedLog log = new();
        using Heartbeat heart = new(Period, () => answer.Task, () => Interlocked.Increment(ref beats), log);

        await log.WaitForAsync("no answer from all workers");
        Volatile.Read(ref beats).ShouldBe(0);
        answer.SetResult();

        await Eventually.TrueAsync(() => Volatile.Read(ref beats) >= 2);
        log.Count("all workers answer again").ShouldBe(1);
    }

    [Theory]
    [InlineData("30000000", null, 10_000)]
    [InlineData("30000000", "", 10_000)]
    [InlineData("30000000", "42", 10_000)]
    [InlineData("30000000", "43", null)]
    [InlineData(null, "42", null)]
    [InlineData("", null, null)]
    [InlineData("0", null, null)]
    [InlineData("-1", null, null)]
    [InlineData("soon", null, null)]
    [InlineData("18446744073709551615", null, null)]
    public void The_period_is_a_third_of_what_the_manager_waits_for_this_process(string? limit, string? pid, int? milliseconds)
    {
        var environment = new Dictionary<string, string?> { ["WATCHDOG_USEC"] = limit, ["WATCHDOG_PID"] = pid };

        TimeSpan? period = ServiceManager.WatchdogPeriod(environment.GetValueOrDefault, 42);

        period.ShouldBe(milliseconds is { } number ? TimeSpan.FromMilliseconds(number) : null);
    }
}
