namespace RtpProxy.Media.Recording;

/// <summary>Address family numbers of Linux, which the ad-hoc format carries (media rules, section 7.5).</summary>
internal enum AddressFamily : ushort
{
    Unspecified = 0,
    IPv4 = 2,
    IPv6 = 10,
}
