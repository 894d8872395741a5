namespace RtpProxy.EndToEnd.Processes;

/// <summary>How long a condition may take before the test gives up: generous, since nobody waits for them in a good run.</summary>
public static class Deadlines
{
    public static readonly TimeSpan Event = TimeSpan.FromSeconds(20);

    /// <summary>Waits until <paramref name="condition"/> holds, looking again every few milliseconds.</summary>
    /// <exception cref="TimeoutException">It never did; the message is <paramref name="otherwise"/>.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> otherwise, TimeSpan? limit = null)
    {
        long start = Environment.TickCount64;
        while (!await condition())
        {
            if (Environment.TickCount64 - start > (limit ?? Event).TotalMilliseconds)
            {
                throw new TimeoutException(otherwise());
            }

            await Task.Delay(10);
        }
    }
}
