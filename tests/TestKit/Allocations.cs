namespace RtpProxy.TestKit;

/// <summary>Measures what a piece of code allocates on the managed heap.</summary>
public static class Allocations
{
    private const int Rounds = 5;
    private const int CallsPerRound = 1_000;

    /// <summary>
    /// The smallest of five rounds of a thousand calls must be zero bytes: one-time costs (tables that grow, code that is
    /// compiled) may show in some rounds, a cost per call shows in all.
    /// </summary>
    public static void AssertNone(Action call) =>
        SmallestRound(call).ShouldBe(0, $"bytes allocated by {CallsPerRound} calls");

    /// <summary>Bytes that one call allocates, as <see cref="AssertNone"/> finds them; a fraction when not every call does.</summary>
    public static double BytesPerCall(Action call) => (double)SmallestRound(call) / CallsPerRound;

    private static long SmallestRound(Action call)
    {
        long smallest = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < CallsPerRound; i++)
            {
                call();
            }

            smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return smallest;
    }
}
