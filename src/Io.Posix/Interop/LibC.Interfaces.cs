using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>getifaddrs(3).</summary>
internal static unsafe partial class LibC
{
    public const uint IFF_BROADCAST = 0x2;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getifaddrs(ifaddrs** ifap);

    [LibraryImport(Library)]
    public static partial void freeifaddrs(ifaddrs* ifa);

    [StructLayout(LayoutKind.Sequential)]
    public struct ifaddrs
    {
        public ifaddrs* ifa_next;
        public byte* ifa_name;
        public uint ifa_flags;
        public SockAddr* ifa_addr;
        public SockAddr* ifa_netmask;
        public SockAddr* ifa_broadaddr; // ifa_ifu: the other end's address without IFF_BROADCAST
        public void* ifa_data;
    }
}
