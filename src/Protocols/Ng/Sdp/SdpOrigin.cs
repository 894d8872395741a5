using System.Globalization;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>The <c>o=</c> line (RFC 8866 section 5.2).</summary>
public sealed record SdpOrigin
{
    internal SdpOrigin(string text, SdpAddress place, TextSpan user, TextSpan id, TextSpan version)
    {
        Place = place;
        UserPlace = user;
        Who = TextSpan.FromBounds(user.Start, version.Start);
        VersionPlace = version;
        SessionId = id.Copy(text);
        Version = version.Copy(text);
        Address = place.Address.Copy(text);
    }

    /// <summary>The word before the version, as written; empty when there is none.</summary>
    public string SessionId { get; }

    /// <summary>As written; empty when there is none.</summary>
    public string Version { get; }

    /// <summary>The version as a number; null when it is none, or one of more than 64 bits.</summary>
    public ulong? VersionNumber =>
        ulong.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;

    /// <summary>An address or a host name, as written.</summary>
    public string Address { get; }

    internal SdpAddress Place { get; }

    internal TextSpan UserPlace { get; }

    /// <summary>What stands before the version: user name and session id.</summary>
    internal TextSpan Who { get; }

    internal TextSpan VersionPlace { get; }
}
