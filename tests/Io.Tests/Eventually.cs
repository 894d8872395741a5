using System.Diagnostics;

namespace RtpProxy.Io.Tests;

/// <summary>Waits for a condition with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Task BecomesTrue(Func<bool> condition, string what) =>
        BecomesTrue(() => Task.FromResult(condition()), what);

    public static async Task BecomesTrue(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException($"not within {Patience.TotalSeconds} s: {what}");
            }

            await Task.Delay(5);
        }
    }
}
