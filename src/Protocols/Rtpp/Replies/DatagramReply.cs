namespace RtpProxy.Protocols.Rtpp.Replies;

/// <summary>
/// A reply datagram, <c>COOKIE SP REPLY</c> (control protocol, section 1.7), as a controller reads it.
/// </summary>
public static class DatagramReply
{
    /// <summary>Compares the cookie byte for byte and gives what follows it.</summary>
    /// <param name="text">
    /// The reply without its cookie, a part of <paramref name="datagram"/>; empty for a cookie alone.
    /// </param>
    /// <returns>False if the datagram answers another command: drop it and go on waiting.</returns>
    public static bool TryMatch(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> cookie, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!datagram.StartsWith(cookie))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = datagram[cookie.Length..];
        if (rest is not ([] or [(byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..]))
        {
            return false;
        }

        text = rest is [(byte)' ', ..] ? rest[1..] : rest;
        return true;
    }
}
