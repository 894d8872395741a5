using System.Text;
using RtpProxy.Io.Posix.Files;

namespace RtpProxy.Io.Posix.Processes;

/// <summary>
/// How this process was started, in the kernel's own record: exact bytes, also where they are not UTF-8, and right both for a
/// single file and for "dotnet rtpproxy.dll".
/// </summary>
internal static class OwnProgram
{
    /// <summary>With the name of the program.</summary>
    public static List<byte[]> Arguments() => ReadStrings("/proc/self/cmdline");

    /// <summary>As it was at the start; without these variables.</summary>
    public static List<byte[]> EnvironmentWithout(params IReadOnlyList<string> names)
    {
        byte[][] left = [.. names.Select(name => Encoding.UTF8.GetBytes(name + "="))];
        List<byte[]> environment = ReadStrings("/proc/self/environ");
        environment.RemoveAll(setting => left.Any(name => setting.AsSpan().StartsWith(name)));
        return environment;
    }

    /// <summary>
    /// Where another version of this program would be found: the path by which it was started, so that a link that leads elsewhere
    /// tomorrow is followed; where that is not known, the file itself. Asked at the start, before anything is replaced.
    /// </summary>
    public static string FindPath()
    {
        const string Self = "/proc/self/exe";
        string file = Environment.ProcessPath ?? Self;
        string name = Encoding.UTF8.GetString(Arguments().FirstOrDefault() ?? []);
        IEnumerable<string> places = name.Contains('/', StringComparison.Ordinal)
            ? [Path.GetFullPath(name)]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
                .Where(Path.IsPathRooted)
                .Select(directory => Path.Combine(directory, name));
        return name.Length == 0 ? file : places.FirstOrDefault(place => FileIdentity.AreSame(place, Self), file);
    }

    private static List<byte[]> ReadStrings(string path)
    {
        List<byte[]> strings = [];
        ReadOnlySpan<byte> left = File.ReadAllBytes(path);
        while (!left.IsEmpty)
        {
            int end = left.IndexOf((byte)0);
            int length = end < 0 ? left.Length : end;
            strings.Add(left[..length].ToArray());
            left = left[Math.Min(length + 1, left.Length)..];
        }

        return strings;
    }
}
