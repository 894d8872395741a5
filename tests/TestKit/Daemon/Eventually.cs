using System.Diagnostics;

namespace RtpProxy.TestKit.Daemon;

/// <summary>Waits for a condition, not for a time: looks often and gives up late.</summary>
public static class Eventually
{
    /// <summary>How long a condition may take on a machine that is busy with something else.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <param name="condition">Looked at every few milliseconds.</param>
    /// <param name="expectation">What is waited for, for the message.</param>
    /// <exception cref="TimeoutException">It did not become true in time.</exception>
    public static Task TrueAsync(Func<bool> condition, string expectation) =>
        TrueAsync(() => Task.FromResult(condition()), expectation);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string)"/>
    public static async Task TrueAsync(Func<Task<bool>> condition, string expectation)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Deadline)
            {
                throw new TimeoutException($"expected within {Deadline.TotalSeconds} s: {expectation}");
            }

            await Task.Delay(Pause);
        }
    }
}
