using System.Globalization;

namespace RtpProxy.Io.Posix.Host;

/// <summary>What the system tells of a process, by its pid; absent is what may not be read.</summary>
public static class ProcessFigures
{
    private const int LongestList = 1 << 20; // descriptors: more than any limit in use

    /// <summary>Reads the soft limit of open files in <c>/proc/PID/limits</c>; <see cref="long.MaxValue"/> for "unlimited".</summary>
    public static long? ParseOpenFiles(string? limits)
    {
        const string Name = "Max open files";
        string? line = HostNumbers.Lines(limits).FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        return HostNumbers.Words(line?[Name.Length..]) switch
        {
            ["unlimited", ..] => long.MaxValue,
            [string soft, ..] => HostNumbers.Decimal(soft),
            _ => null,
        };
    }

    public static long? OpenFilesLimit(HostFiles files, int pid) => ParseOpenFiles(Required(files).Text(PathOf(pid, "limits")));

    /// <summary>How many descriptors it has open.</summary>
    public static int? OpenFiles(HostFiles files, int pid) => Required(files).Count(PathOf(pid, "fd"));

    /// <summary>The inodes of its sockets; null if its descriptors may not be listed.</summary>
    public static IReadOnlySet<ulong>? Sockets(HostFiles files, int pid)
    {
        const string Prefix = "socket:[";
        if (Required(files).Count(PathOf(pid, "fd")) is null)
        {
            return null;
        }

        var inodes = new HashSet<ulong>();
        foreach (string descriptor in files.Names(PathOf(pid, "fd")).Take(LongestList))
        {
            if (files.LinkTarget($"{PathOf(pid, "fd")}/{descriptor}") is { } target
                && target.StartsWith(Prefix, StringComparison.Ordinal)
                && HostNumbers.Unsigned(target[Prefix.Length..^1]) is { } inode)
            {
                inodes.Add(inode);
            }
        }

        return inodes;
    }

    /// <summary>The words it was started with; none if they may not be read.</summary>
    public static IReadOnlyList<string> CommandLine(HostFiles files, int pid) =>
        Required(files).Text(PathOf(pid, "cmdline"))?.TrimEnd('\0').Split('\0') ?? [];

    /// <summary>Pids of the processes whose executable has this name.</summary>
    public static IReadOnlyList<int> Named(HostFiles files, string name) =>
        [.. Required(files).Names("/proc")
            .Select(entry => int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0)
            .Where(pid => pid > 0 && files.Text(PathOf(pid, "comm")) == name)];

    /// <summary>The pid of the process that started it, or took it over.</summary>
    public static int? Parent(HostFiles files, int pid)
    {
        // The name before it stands in brackets, and may hold any.
        string? status = Required(files).Text(PathOf(pid, "stat"));
        return HostNumbers.Words(status?[(status.LastIndexOf(')') + 1)..]) is [_, string parent, ..] ? (int?)HostNumbers.Decimal(parent) : null;
    }

    public static string PathOf(int pid, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{file}");

    private static HostFiles Required(HostFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files;
    }
}
