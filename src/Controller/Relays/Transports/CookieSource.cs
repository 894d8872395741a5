using System.Buffers.Text;
using System.Text;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary>
/// Makes the cookies of datagrams: a random word of the source, an underscore, a counter. The daemon's cache of
/// replies knows nothing but the cookie (control protocol, section 1.7), so two controllers must never make the same one.
/// </summary>
internal sealed class CookieSource
{
    // The last digits of a new GUID are the kernel's random bytes. The generator of the base library's cryptography would want
    // OpenSSL, and end the process where that is not installed.
    private readonly byte[] _prefix = [.. Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")[^14..]), (byte)'_'];
    private ulong _last;

    public ulong Next() => Interlocked.Increment(ref _last);

    /// <summary><c>COOKIE SP COMMAND</c>.</summary>
    public byte[] Compose(ulong number, ReadOnlySpan<byte> command)
    {
        Span<byte> digits = stackalloc byte[16];
        Utf8Formatter.TryFormat(number, digits, out int length, new System.Buffers.StandardFormat('x'));
        return [.. _prefix, .. digits[..length], (byte)' ', .. command];
    }

    /// <summary>Splits a reply; false if it does not begin with a cookie of this source.</summary>
    /// <param name="text">What follows the cookie and its blank; empty when the cookie stands alone.</param>
    public bool TrySplit(ReadOnlySpan<byte> datagram, out ulong number, out ReadOnlySpan<byte> text)
    {
        number = 0;
        text = default;
        if (!datagram.StartsWith(_prefix))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = datagram[_prefix.Length..];
        if (!Utf8Parser.TryParse(rest, out number, out int digits, 'x'))
        {
            return false;
        }

        rest = rest[digits..];
        if (rest.Length > 0 && rest[0] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            return false;
        }

        text = rest.Length > 0 && rest[0] == ' ' ? rest[1..] : rest;
        return true;
    }
}
