using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RtpProxy.TestKit;

/// <summary>Waits for a condition, not for a time: looks often and gives up late.</summary>
public static class Eventually
{
    /// <summary>How long a condition may take on a machine that is busy with something else.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <param name="condition">Looked at every few milliseconds.</param>
    /// <param name="expectation">What is waited for, for the message; the condition itself if nothing is said.</param>
    /// <exception cref="TimeoutException">It did not become true in time.</exception>
    public static Task TrueAsync(
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string expectation = "") =>
        TrueAsync(() => Task.FromResult(condition()), expectation);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string)"/>
    public static Task TrueAsync(
        Func<Task<bool>> condition,
        [CallerArgumentExpression(nameof(condition))] string expectation = "") =>
        TrueAsync(condition, () => $"expected within {Deadline.TotalSeconds} s: {expectation}", Deadline);

    /// <param name="condition">Asked every few milliseconds.</param>
    /// <param name="otherwise">Makes the message when it did not become true.</param>
    /// <param name="deadline">Another time than <see cref="Deadline"/>.</param>
    /// <exception cref="TimeoutException">It did not become true in time.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> otherwise, TimeSpan? deadline = null)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > (deadline ?? Deadline))
            {
                throw new TimeoutException(otherwise());
            }

            await Task.Delay(Pause);
        }
    }
}
