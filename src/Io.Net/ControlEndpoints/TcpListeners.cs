using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using RtpProxy.Lines;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Who listens on a TCP port, by proc_net_tcp(5).</summary>
internal static class TcpListeners
{
    private const string Listening = "0A"; // TCP_LISTEN

    /// <summary>A name for whoever listens where <paramref name="local"/> would; null if nobody does.</summary>
    public static string? Find(IPEndPoint local)
    {
        bool isIPv6 = local.AddressFamily == AddressFamily.InterNetworkV6;
        if (FindIn(isIPv6 ? "tcp6" : "tcp", local) is { } inode)
        {
            return NameOf(inode);
        }

        // A socket of IPv6 may serve IPv4 too, and does not say so there.
        return !isIPv6 && FindIn("tcp6", new IPEndPoint(local.Address.MapToIPv6(), local.Port)) is { } other && Answers(local)
            ? NameOf(other)
            : null;
    }

    private static string? FindIn(string table, IPEndPoint local)
    {
        try
        {
            foreach (string line in File.ReadLines($"/proc/net/{table}").Skip(1))
            {
                string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields.Length > 9 && fields[3] == Listening && Overlaps(fields[1], local))
                {
                    return fields[9];
                }
            }
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or FormatException)
        {
            // Then whoever it is has no name, and we find out by waiting.
        }

        return null;
    }

    // ADDRESS:PORT in hexadecimal; the address as words of 32 bits in the order of the machine.
    private static bool Overlaps(string text, IPEndPoint local)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (int.Parse(text.AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture) != local.Port)
        {
            return false;
        }

        uint[] words = [.. Enumerable.Range(0, colon / 8).Select(i =>
            uint.Parse(text.AsSpan(i * 8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        var address = new IPAddress(MemoryMarshal.AsBytes<uint>(words));
        return address.Equals(local.Address) || IsAny(address) || IsAny(local.Address);
    }

    private static bool IsAny(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Any.MapToIPv6());

    private static bool Answers(IPEndPoint local)
    {
        using var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IsAny(local.Address) ? IPAddress.Loopback : local.Address, local.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Of our own processes, or all as root; the descriptors of others are not shown.
    private static string NameOf(string inode)
    {
        string link = $"socket:[{inode}]";
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[6])))
        {
            try
            {
                if (Directory.EnumerateFiles($"{process}/fd").Any(fd => TargetOf(fd) == link))
                {
                    return $"{new PeerText(File.ReadAllText($"{process}/comm").TrimEnd('\n'))}, pid {process[6..]},";
                }
            }
            catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
            {
                // Not ours, or gone meanwhile.
            }
        }

        return "another program";
    }

    /// <summary>Null for a descriptor that has been closed meanwhile.</summary>
    private static string? TargetOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
