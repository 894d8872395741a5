using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RtpProxy.TestKit.Controllers;

/// <summary>Waits for what another thread or process does, with a deadline in real time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static async Task IsTrueAsync(
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Deadline)
            {
                throw new TimeoutException($"not true within {Deadline.TotalSeconds} s: {what}");
            }

            await Task.Delay(5).ConfigureAwait(false);
        }
    }
}
