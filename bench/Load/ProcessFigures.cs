using System.Diagnostics;
using System.Globalization;

namespace RtpProxy.Load;

/// <summary>What the kernel says a process has used.</summary>
internal static class ProcessFigures
{
    /// <summary>Processor time of all threads, nanoseconds.</summary>
    public static long CpuNanoseconds(Process process)
    {
        long sum = 0;
        foreach (string task in Directory.EnumerateDirectories($"/proc/{process.Id}/task"))
        {
            string figures = File.ReadAllText(Path.Combine(task, "schedstat"));
            sum += long.Parse(figures.AsSpan(0, figures.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        }

        return sum;
    }

    /// <summary>How many it has open.</summary>
    public static int Descriptors(int process)
    {
        try
        {
            return Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;
        }
        catch (DirectoryNotFoundException)
        {
            return 0; // it has just ended
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public static long ResidentBytes(Process process)
    {
        string line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
