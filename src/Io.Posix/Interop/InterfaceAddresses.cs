using RtpProxy.Rtp;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>The addresses of the machine's interfaces, and the broadcast addresses of their networks.</summary>
internal static unsafe class InterfaceAddresses
{
    /// <summary>False, with nothing, when the system does not tell.</summary>
    public static bool TryRead(List<Endpoint> hosts, List<Endpoint> broadcasts)
    {
        LibC.ifaddrs* first = null;
        if (LibC.getifaddrs(&first) != 0)
        {
            return false;
        }

        try
        {
            for (LibC.ifaddrs* entry = first; entry != null; entry = entry->ifa_next)
            {
                AddKnown(entry->ifa_addr, hosts);
                if ((entry->ifa_flags & LibC.IFF_BROADCAST) != 0)
                {
                    AddKnown(entry->ifa_broadaddr, broadcasts);
                }
            }
        }
        finally
        {
            LibC.freeifaddrs(first);
        }

        return true;
    }

    /// <summary>Packet sockets and the like have addresses of other families, which are no endpoints.</summary>
    private static void AddKnown(SockAddr* address, List<Endpoint> list)
    {
        if (address == null)
        {
            return;
        }

        // An IPv4 address has 16 bytes where SockAddr has 28: only what belongs to the family is read.
        Endpoint endpoint = address->ToEndpoint();
        if (endpoint.IsKnown && !endpoint.IsUnspecified)
        {
            list.Add(endpoint);
        }
    }
}
