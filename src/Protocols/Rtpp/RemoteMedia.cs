using System.Net;

namespace RtpProxy.Protocols.Rtpp;

/// <summary>Where a party said in its session description that it receives media (control protocol, section 3.5).</summary>
/// <param name="AddressText">The token as written; when its length fits no address of the family it is ignored and <see cref="Address"/> is null.</param>
/// <param name="PortText">The token as written: digits or a service name.</param>
public sealed record RemoteMedia(string AddressText, string PortText)
{
    public RemoteMedia(IPAddress address, int port)
        : this(address.ToString(), port.ToString(System.Globalization.CultureInfo.InvariantCulture))
    {
        Address = address;
        Port = (ushort)port;
    }

    /// <summary>The parsed address; null when it was silently ignored. An unspecified address means hold.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Host byte order; 0 is legal and means nowhere. The RTCP port is the next one, modulo 65,536.</summary>
    public ushort Port { get; init; }
}
