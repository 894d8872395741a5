using System.Globalization;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Daemon.Tests.Processes;

/// <summary>What the kernel says about a process; proc(5).</summary>
internal static class ProcessFacts
{
    public static bool AmSuperuser => Field("self", "Uid").Split('\t')[0] == "0";

    /// <summary>A field of the status of every thread, the values that occur.</summary>
    public static IReadOnlyList<string> OfThreads(int process, string field) =>
        [.. OfThreads(process, thread => Field(thread, field)).Distinct()];

    /// <summary>A field of <c>/proc/PID/task/TID/stat</c> of every thread, counted from 1 as proc(5) counts, the values that occur.</summary>
    public static IReadOnlyList<int> OfThreads(int process, int statField) =>
        [.. OfThreads(process, thread => Stat(thread, statField)).Distinct()];

    /// <summary>The same of the packet workers alone, by the names of their threads.</summary>
    public static IReadOnlyList<int> OfWorkers(int process, int statField) =>
        [.. OfThreads(process, thread => (Name: File.ReadAllText($"/proc/{thread}/comm"), Value: Stat(thread, statField)))
            .Where(thread => thread.Name.StartsWith("worker-", StringComparison.Ordinal))
            .Select(thread => thread.Value).Distinct()];

    /// <summary>The session id of a process.</summary>
    public static int SessionOf(int process) => Stat($"{process}", 6);

    /// <summary>What a descriptor leads to.</summary>
    public static string Descriptor(int process, int descriptor) =>
        new FileInfo($"/proc/{process}/fd/{descriptor}").LinkTarget.ShouldNotBeNull();

    public static string CurrentDirectory(int process) => new DirectoryInfo($"/proc/{process}/cwd").LinkTarget.ShouldNotBeNull();

    /// <summary>
    /// Signals that none of its threads is interrupted by, signal N as bit N - 1. None while threads come and go, as in the moment of an
    /// exec.
    /// </summary>
    public static ulong BlockedByAllThreads(int process)
    {
        try
        {
            return OfThreads(process, thread => Bits(Field(thread, "SigBlk"))).Aggregate(ulong.MaxValue, (all, one) => all & one);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static ulong Bits(string text) => ulong.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // One of a pool may end while it is looked at.
    private static IEnumerable<T> OfThreads<T>(int process, Func<string, T> look)
    {
        foreach (string path in Directory.GetDirectories($"/proc/{process}/task"))
        {
            T seen;
            try
            {
                seen = look($"{process}/task/{Path.GetFileName(path)}");
            }
            catch (IOException) when (!Directory.Exists(path))
            {
                continue;
            }

            yield return seen;
        }
    }

    private static string Field(string process, string name)
    {
        string prefix = name + ":";
        return File.ReadLines($"/proc/{process}/status")
            .First(line => line.StartsWith(prefix, StringComparison.Ordinal))[prefix.Length..].Trim();
    }

    private static int Stat(string process, int field) =>
        int.Parse(ProcessStat.FieldsOf(process)[field - ProcessStat.FirstField], CultureInfo.InvariantCulture);
}
