using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>ioctl(2) on network interfaces: netdevice(7) and linux/ethtool.h.</summary>
internal static unsafe partial class LibC
{
    public const nuint SIOCETHTOOL = 0x8946;

    public const uint ETHTOOL_GDRVINFO = 0x03;
    public const uint ETHTOOL_GSTRINGS = 0x1b;
    public const uint ETHTOOL_GSTATS = 0x1d;
    public const uint ETH_SS_STATS = 1;
    public const int ETH_GSTRING_LEN = 32;
    public const int IFNAMSIZ = 16;

    /// <summary>Variadic in C; on the ABIs of Linux on x86-64 and arm64 a pointer behind two words goes where the third word goes.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int ioctl(SafeHandle fd, nuint request, void* argument);

    /// <summary>The name and, of a union, the pointer; the union is 24 bytes long.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 40)]
    public struct ifreq
    {
        public fixed byte ifr_name[IFNAMSIZ];
        public void* ifr_data;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ethtool_drvinfo
    {
        public uint cmd;
        public fixed byte driver[32];
        public fixed byte version[32];
        public fixed byte fw_version[32];
        public fixed byte bus_info[32];
        public fixed byte erom_version[32];
        public fixed byte reserved2[12];
        public uint n_priv_flags;
        public uint n_stats;
        public uint testinfo_len;
        public uint eedump_len;
        public uint regdump_len;
    }

    /// <summary>Behind it <see cref="len"/> names of <see cref="ETH_GSTRING_LEN"/> bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ethtool_gstrings
    {
        public uint cmd;
        public uint string_set;
        public uint len;
    }

    /// <summary>Behind it <see cref="n_stats"/> numbers of 64 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ethtool_stats
    {
        public uint cmd;
        public uint n_stats;
    }
}
