using System.Net;
using System.Text;

namespace RtpProxy.Controller.Relays;

/// <summary>A daemon's word that a session has timed out: the tag that the <c>U</c> of the session carried.</summary>
/// <param name="Tag">The decoded bytes without the LF; any bytes but LF.</param>
/// <param name="Node">Where the daemon connected from; null over Unix sockets.</param>
public sealed record TimeoutNotice(byte[] Tag, IPAddress? Node)
{
    /// <summary>The tag as Latin-1, one character for each byte.</summary>
    public string TagText => Encoding.Latin1.GetString(Tag);
}
