using System.Globalization;
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

    /// <summary>The environment, as it was at the start.</summary>
    public static List<byte[]> Variables() => ReadStrings("/proc/self/environ");

    /// <summary>For the same program again: as it was at the start, and a variable that tells it what it is to be.</summary>
    /// <param name="without">Variables that are meant for this process alone.</param>
    public static List<byte[]> EnvironmentWith(string name, string value, IReadOnlyList<string> without)
    {
        // Whose the sockets of systemd are may have changed since (HandOver).
        const string ListenOwner = "LISTEN_PID";
        byte[][] left = [.. without.Append(name).Append(ListenOwner).Select(variable => Encoding.UTF8.GetBytes(variable + "="))];
        List<byte[]> environment = Variables();
        environment.RemoveAll(setting => left.Any(variable => setting.AsSpan().StartsWith(variable)));
        environment.Add(Encoding.UTF8.GetBytes($"{name}={value}"));
        if (Environment.GetEnvironmentVariable(ListenOwner) is { } owner)
        {
            environment.Add(Encoding.UTF8.GetBytes($"{ListenOwner}={owner}"));
        }

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
            ? [CurrentDirectory.Resolve(name)]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
                .Where(Path.IsPathRooted)
                .Select(directory => Path.Combine(directory, name));
        return name.Length == 0 ? file : places.FirstOrDefault(place => FileIdentity.AreSame(place, Self), file);
    }

    /// <summary>
    /// Lists of processes call a program that was started by a descriptor after its number: it takes the name that it was started under.
    /// </summary>
    public static void TakeName()
    {
        const string Comm = "/proc/self/comm";
        try
        {
            string name = Path.GetFileName(Encoding.UTF8.GetString(Arguments().FirstOrDefault() ?? []));
            if (name.Length > 0 && int.TryParse(File.ReadAllText(Comm), NumberStyles.None | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out _))
            {
                File.WriteAllText(Comm, name);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is a name.
        }
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
