using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.Protocols.Ng;

/// <summary>
/// A message of the ng protocol, <c>COOKIE SP DICTIONARY</c>: the cookie is everything before the first blank.
/// Borrows the datagram.
/// </summary>
/// <example>
/// <code>
/// if (!NgMessage.TrySplit(datagram, out NgMessage message)) return;              // no answer at all
/// if (message.ReadDictionary(out string? error) is not { } dictionary) ...       // answer the error, in message.Encoding
/// </code>
/// </example>
public readonly ref struct NgMessage
{
    private NgMessage(ReadOnlySpan<byte> cookie, ReadOnlySpan<byte> payload)
    {
        Cookie = cookie;
        Payload = payload;
    }

    /// <summary>
    /// 1 to <see cref="NgLimits.MaxCookieLength"/> bytes, any but a blank. Empty in a message without cookie
    /// (<see cref="WithoutCookie"/>).
    /// </summary>
    public ReadOnlySpan<byte> Cookie { get; }

    /// <summary>What follows the blank; may be empty.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The encoding of the reply: that of the payload, bencode for what is neither.</summary>
    public NgEncoding Encoding => Payload.StartsWith((byte)'{') ? NgEncoding.Json : NgEncoding.Bencode;

    /// <summary>Splits a datagram.</summary>
    /// <returns>
    /// False for a datagram that gets no answer: without a blank, with a blank as its first byte, or with a cookie that is
    /// too long.
    /// </returns>
    public static bool TrySplit(ReadOnlySpan<byte> datagram, out NgMessage message)
    {
        message = default;
        int blank = datagram.IndexOf((byte)' ');
        if (blank is <= 0 or > NgLimits.MaxCookieLength)
        {
            return false;
        }

        message = new NgMessage(datagram[..blank], datagram[(blank + 1)..]);
        return true;
    }

    /// <summary>A message of the transports that need no cookie, such as HTTP's <c>/ng-plain</c> (1.6).</summary>
    public static NgMessage WithoutCookie(ReadOnlySpan<byte> payload) => new([], payload);

    /// <summary>Reads the payload.</summary>
    /// <param name="error">The text to answer when there is no dictionary; else null.</param>
    public NgDictionary? ReadDictionary(out string? error)
    {
        error = null;
        if (Payload.IsEmpty)
        {
            error = NgErrors.NoPayload;
            return null;
        }

        switch (Payload[0])
        {
            case (byte)'d':
                NgDictionary? dictionary = Bencode.Read(Payload);
                error = dictionary is null ? NgErrors.BadBencode : null;
                return dictionary;
            case (byte)'{':
                return NgJson.Read(Payload, out error);
            default:
                error = NgErrors.UnknownFormat;
                return null;
        }
    }
}
