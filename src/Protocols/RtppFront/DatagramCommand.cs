using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Parsing;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>
/// A control datagram, <c>COOKIE SP COMMAND</c> (control protocol, section 1.7): the first word is the cookie, whatever
/// it is. Borrows the datagram.
/// </summary>
public readonly ref struct DatagramCommand
{
    /// <summary>
    /// Longest cookie that is answered, in bytes. With it a port and an IPv4 address still fit the 1,023 bytes of a reply;
    /// the protocol itself has no limit of its own and leaves this choice to the daemon.
    /// </summary>
    public const int MaxCookieLength = 1000;

    private DatagramCommand(ReadOnlySpan<byte> cookie, ReadOnlySpan<byte> line)
    {
        Cookie = cookie;
        Line = line;
    }

    /// <summary>1 to <see cref="MaxCookieLength"/> bytes without separator or NUL.</summary>
    public ReadOnlySpan<byte> Cookie { get; }

    /// <summary>
    /// What follows the cookie, separators first, for <see cref="CommandParser"/>; may be empty, which is an error of its
    /// own.
    /// </summary>
    public ReadOnlySpan<byte> Line { get; }

    /// <summary>Splits a datagram; bytes beyond <see cref="CommandLimits.MaxLength"/> are lost.</summary>
    /// <returns>
    /// False for a datagram that is answered with <see cref="ErrorCode.Syntax"/> without a cookie: blank, or its cookie
    /// holds a NUL or is too long.
    /// </returns>
    public static bool TrySplit(ReadOnlySpan<byte> datagram, out DatagramCommand command)
    {
        command = default;
        if (datagram.Length > CommandLimits.MaxLength)
        {
            datagram = datagram[..CommandLimits.MaxLength];
        }

        int position = 0;
        if (!Separators.TryNextWord(datagram, ref position, out Range word))
        {
            return false;
        }

        ReadOnlySpan<byte> cookie = datagram[word];
        if (cookie.Length > MaxCookieLength || cookie.Contains((byte)0))
        {
            return false;
        }

        command = new DatagramCommand(cookie, datagram[position..]);
        return true;
    }
}
