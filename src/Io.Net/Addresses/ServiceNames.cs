using System.Collections.Frozen;
using System.Globalization;

namespace RtpProxy.Io.Net.Addresses;

/// <summary>The names of ports that services(5) lists, read once. Immutable; thread-safe.</summary>
public sealed class ServiceNames
{
    /// <summary>Where the system keeps them.</summary>
    public const string SystemFile = "/etc/services";

    private const string Udp = "udp";
    private const string Tcp = "tcp";

    private readonly FrozenDictionary<(string Name, string Protocol), ushort> _ports;

    /// <param name="lines"><c>name port/protocol alias... # comment</c>; lines of another form are passed over.</param>
    public ServiceNames(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var ports = new Dictionary<(string, string), ushort>();
        foreach (string line in lines)
        {
            Read(line, ports);
        }

        _ports = ports.ToFrozenDictionary();
    }

    /// <summary>What the system knows; nothing if it has no such file.</summary>
    public static ServiceNames OfSystem()
    {
        try
        {
            return new ServiceNames(File.ReadLines(SystemFile));
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return new ServiceNames([]);
        }
    }

    public bool TryFindUdp(string name, out ushort port) => _ports.TryGetValue((name, Udp), out port);

    public bool TryFindTcp(string name, out ushort port) => _ports.TryGetValue((name, Tcp), out port);

    private static void Read(string line, Dictionary<(string, string), ushort> ports)
    {
        string[] words = line.Split('#', 2)[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2
            || words[1].Split('/') is not [string number, string protocol]
            || !ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return;
        }

        // The first line that names a service counts, as in getservbyname(3).
        ports.TryAdd((words[0], protocol), port);
        foreach (string alias in words.AsSpan(2))
        {
            ports.TryAdd((alias, protocol), port);
        }
    }
}
