using System.Collections.Immutable;
using System.Net;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Addresses;

/// <summary>
/// Whether an address is one of the machine's interfaces. What the system told is remembered for a while, so that
/// strangers can ask as often as they like; it tells what interfaces have, not what could be bound
/// (<c>net.ipv4.ip_nonlocal_bind</c>).
/// </summary>
/// <remarks>Thread-safe: readers see an immutable whole, and one of them reads it anew when it is old.</remarks>
public sealed class InterfaceHosts
{
    /// <summary>How old the list gets before the next question reads it again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly Lock _reading = new();
    private ImmutableHashSet<Endpoint> _hosts = [];
    private long _readAt;

    public InterfaceHosts(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        Read();
    }

    /// <summary>Also true for all of 127.0.0.0/8 and ::1; scopes and IPv4 in IPv6 make no difference.</summary>
    public bool Contains(IPAddress address)
    {
        var host = Endpoint.From(address, 0);
        if (host.IsLoopback)
        {
            return true;
        }

        // Whoever comes while another one reads is content with what was known before.
        if (_time.GetElapsedTime(Interlocked.Read(ref _readAt)) >= MaxAge && _reading.TryEnter())
        {
            try
            {
                Read();
            }
            finally
            {
                _reading.Exit();
            }
        }

        return Volatile.Read(ref _hosts).Contains(host.Host);
    }

    // What the system does not tell leaves what it told before.
    private void Read()
    {
        var hosts = new List<Endpoint>();
        if (InterfaceAddresses.TryRead(hosts, []))
        {
            Volatile.Write(ref _hosts, [.. hosts.Select(host => host.Host)]);
        }

        Interlocked.Exchange(ref _readAt, _time.GetTimestamp());
    }
}
