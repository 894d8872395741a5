namespace RtpProxy.Media.Tests;

internal static class Allocations
{
    /// <summary>Five rounds of a thousand calls; the smallest counts, since one-time costs show up in the others.</summary>
    public static void ShouldBeNone(Action action)
    {
        long smallest = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
            {
                action();
            }

            smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        smallest.ShouldBe(0);
    }
}
