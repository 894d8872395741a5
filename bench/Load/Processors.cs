namespace RtpProxy.Load;

/// <summary>Keeps the load off the relay's processor.</summary>
internal static unsafe class Processors
{
    /// <summary>All but the first processor for us; with only one there is nothing to separate, and the figures say little.</summary>
    public static void PinThisProcess()
    {
        if (Environment.ProcessorCount < 2)
        {
            Console.Error.WriteLine("One processor only: the load and the relay share it.");
            return;
        }

        ulong mask = ((1UL << Math.Min(Environment.ProcessorCount, 63)) - 1) & ~1UL;
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            _ = LibC.sched_setaffinity(int.Parse(Path.GetFileName(task), null), sizeof(ulong), &mask);
        }
    }
}
