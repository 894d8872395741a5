using System.Text;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Host;

/// <summary>The counters that the driver of a network card keeps under names of its own, as <c>ethtool -S</c> shows them.</summary>
public static unsafe class DriverStatistics
{
    private const int Most = 1 << 16; // more than any driver has, queues multiplied

    /// <summary>Names and values; null with the reason if the driver has none, or the system does not tell them.</summary>
    /// <param name="name">Of the interface.</param>
    public static IReadOnlyDictionary<string, ulong>? Read(string name, out string reason)
    {
        ArgumentNullException.ThrowIfNull(name);
        using FdHandle socket = LibC.socket(LibC.AF_INET, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        LibC.ifreq request = default;
        if (Encoding.UTF8.GetByteCount(name) >= LibC.IFNAMSIZ)
        {
            reason = "no interface has such a name";
            return null;
        }

        _ = Encoding.UTF8.GetBytes(name, new Span<byte>(request.ifr_name, LibC.IFNAMSIZ));
        LibC.ethtool_drvinfo driver = default;
        driver.cmd = LibC.ETHTOOL_GDRVINFO;
        if (socket.IsInvalid || !Ask(socket, &request, &driver))
        {
            reason = LibC.Describe(LibC.LastErrno);
            return null;
        }

        int count = (int)Math.Min(driver.n_stats, Most);
        if (count == 0)
        {
            reason = "the driver keeps none";
            return null;
        }

        return Read(socket, &request, count, out reason);
    }

    private static Dictionary<string, ulong>? Read(FdHandle socket, LibC.ifreq* request, int count, out string reason)
    {
        // The kernel writes as many as there are by now, whatever was asked for: queues that are added meanwhile find room.
        int room = (2 * count) + 256;
        byte[] namesBuffer = new byte[sizeof(LibC.ethtool_gstrings) + (room * LibC.ETH_GSTRING_LEN)];
        byte[] valuesBuffer = new byte[sizeof(LibC.ethtool_stats) + (room * sizeof(ulong))];
        fixed (byte* namesStart = namesBuffer, valuesStart = valuesBuffer)
        {
            var names = (LibC.ethtool_gstrings*)namesStart;
            names->cmd = LibC.ETHTOOL_GSTRINGS;
            names->string_set = LibC.ETH_SS_STATS;
            names->len = (uint)count;
            var values = (LibC.ethtool_stats*)valuesStart;
            values->cmd = LibC.ETHTOOL_GSTATS;
            values->n_stats = (uint)count;
            if (!Ask(socket, request, names) || !Ask(socket, request, values))
            {
                reason = LibC.Describe(LibC.LastErrno);
                return null;
            }

            reason = "";
            var found = new Dictionary<string, ulong>(count, StringComparer.Ordinal);
            byte* name = namesStart + sizeof(LibC.ethtool_gstrings);
            byte* value = valuesStart + sizeof(LibC.ethtool_stats);
            for (uint i = 0; i < Math.Min(Math.Min(names->len, values->n_stats), (uint)room); i++)
            {
                found[TextOf(new ReadOnlySpan<byte>(name, LibC.ETH_GSTRING_LEN))] = *(ulong*)value;
                name += LibC.ETH_GSTRING_LEN;
                value += sizeof(ulong);
            }

            return found;
        }
    }

    private static bool Ask(FdHandle socket, LibC.ifreq* request, void* question)
    {
        request->ifr_data = question;
        return LibC.ioctl(socket, LibC.SIOCETHTOOL, request) == 0;
    }

    private static string TextOf(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? text : text[..end]).Trim();
    }
}
