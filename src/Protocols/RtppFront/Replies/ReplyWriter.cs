using System.Globalization;
using System.Net;
using System.Text;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.RtppFront.Replies;

/// <summary>
/// Writes one reply into a caller's buffer: the cookie, if any, then text, then LF (control protocol, sections 1.7, 2.2
/// and 3.7). Never writes more than <see cref="ReplyLimits.MaxLength"/> bytes: what does not fit sets
/// <see cref="IsOverflowed"/> instead, and the caller answers with the code of its command by <see cref="WriteError"/>.
/// </summary>
/// <remarks>
/// Used by one thread; allocates only for addresses and text that is not Latin-1 already. The last byte is kept for the
/// LF, so <see cref="EndLine"/> always fits after text that fitted.
/// </remarks>
public ref struct ReplyWriter
{
    private const int MaxPortDigits = 5;

    private readonly Span<byte> _buffer;
    private readonly int _textStart;
    private int _length;

    /// <param name="buffer">
    /// At least <see cref="ReplyLimits.MaxLength"/> bytes; borrowed as long as the writer lives.
    /// </param>
    /// <param name="cookie">
    /// The cookie of a datagram, at most <see cref="DatagramCommand.MaxCookieLength"/> bytes; empty on streams. Copied.
    /// </param>
    public ReplyWriter(Span<byte> buffer, ReadOnlySpan<byte> cookie = default)
    {
        if (buffer.Length < ReplyLimits.MaxLength)
        {
            throw new ArgumentException($"The buffer must hold a whole reply of {ReplyLimits.MaxLength} bytes.", nameof(buffer));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(cookie.Length, DatagramCommand.MaxCookieLength, nameof(cookie));
        _buffer = buffer[..ReplyLimits.MaxLength];
        if (!cookie.IsEmpty)
        {
            cookie.CopyTo(_buffer);
            _buffer[cookie.Length] = (byte)' ';
            _textStart = cookie.Length + 1;
        }

        _length = _textStart;
    }

    /// <summary>The reply so far, cookie included; a part of the caller's buffer.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>The reply so far without the cookie.</summary>
    public readonly ReadOnlySpan<byte> Text => _buffer[_textStart.._length];

    /// <summary>
    /// Something did not fit. Nothing is written any more until <see cref="Restart"/> or <see cref="RollBack"/>.
    /// </summary>
    public bool IsOverflowed { get; private set; }

    /// <summary>A place in the reply to which <see cref="RollBack"/> returns.</summary>
    public readonly int Mark => _length;

    /// <summary>Bytes of text that still fit before the LF.</summary>
    public readonly int Room => IsOverflowed ? 0 : Math.Max(0, _buffer.Length - 1 - _length);

    /// <summary>Bytes of text that fit before the LF behind a cookie of this length, 0 for none.</summary>
    public static int RoomBehind(int cookieLength) =>
        ReplyLimits.MaxLength - 1 - (cookieLength == 0 ? 0 : cookieLength + 1);

    /// <summary>The most bytes that <see cref="WritePort"/> can take for this address, whatever the port.</summary>
    public static int PortLength(LocalAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsWildcard ? MaxPortDigits : PortAndAddressLength(address);
    }

    /// <summary>The most bytes that <see cref="WritePortAndAddress"/> can take for this address, whatever the port.</summary>
    public static int PortAndAddressLength(LocalAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        int text = address.Advertised?.Length ?? address.Address.ToString().Length;
        return MaxPortDigits + 1 + text + (address.IsIPv6 ? FamilyMark.Length : 0);
    }

    /// <summary>Forgets all text, keeping the cookie.</summary>
    public void Restart() => RollBack(_textStart);

    /// <summary>Forgets what was written since <paramref name="mark"/> was taken, and an overflow with it.</summary>
    public void RollBack(int mark)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mark, _textStart);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mark, _length);
        _length = mark;
        IsOverflowed = false;
    }

    /// <summary>The whole reply <c>0 LF</c>, in place of any text before it.</summary>
    public void WriteOk()
    {
        Restart();
        WriteText("0"u8);
        EndLine();
    }

    /// <summary>The whole reply <c>E&lt;number&gt; LF</c>, in place of any text before it.</summary>
    public void WriteError(ErrorCode error)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)error, (int)ErrorCode.None);
        Restart();
        WriteText("E"u8);
        WriteNumber((ulong)error);
        EndLine();
    }

    /// <summary>Unsigned decimal.</summary>
    public void WriteNumber(ulong value) =>
        Advance(value.TryFormat(Free, out int written, default, CultureInfo.InvariantCulture), written);

    /// <summary>Decimal with a sign if negative.</summary>
    public void WriteNumber(long value) =>
        Advance(value.TryFormat(Free, out int written, default, CultureInfo.InvariantCulture), written);

    /// <summary>Six decimals, as C's <c>%f</c>.</summary>
    public void WriteDouble(double value) =>
        Advance(value.TryFormat(Free, out int written, "F6", CultureInfo.InvariantCulture), written);

    public void WriteText(ReadOnlySpan<byte> text) => Advance(text.TryCopyTo(Free), text.Length);

    /// <summary>One byte for each character, which must be Latin-1, as in the tokens of a command.</summary>
    public void WriteText(string text) => Advance(Encoding.Latin1.TryGetBytes(text, Free, out int written), written);

    public void WriteSpace() => WriteText(" "u8);

    /// <summary>LF: the end of the reply, or of one line of it.</summary>
    public void EndLine()
    {
        if (IsOverflowed || _length == _buffer.Length)
        {
            IsOverflowed = true;
            return;
        }

        _buffer[_length++] = (byte)'\n';
    }

    /// <summary>
    /// The answer of <c>U</c> and <c>L</c> without its LF (section 3.7): <c>PORT</c> when the leg is bound to a wildcard
    /// address, else <c>PORT SP ADDRESS</c>, with <c>SP 6</c> after an IPv6 address.
    /// </summary>
    /// <param name="port">The RTP port, host byte order.</param>
    /// <param name="address">That the leg is bound to.</param>
    public void WritePort(ushort port, LocalAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsWildcard)
        {
            WriteNumber((ulong)port);
        }
        else
        {
            WritePortAndAddress(port, address);
        }
    }

    /// <summary>
    /// The answer of <c>Cp</c> (section 3.11): as <see cref="WritePort"/>, but a wildcard address is shown too.
    /// </summary>
    public void WritePortAndAddress(ushort port, LocalAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        WriteNumber((ulong)port);
        WriteSpace();
        if (address.Advertised is { } advertised)
        {
            WriteText(advertised);
        }
        else
        {
            WriteAddress(address.Address);
        }

        if (address.IsIPv6)
        {
            WriteText(FamilyMark);
        }
    }

    private static ReadOnlySpan<byte> FamilyMark => " 6"u8;

    private void WriteAddress(IPAddress address) => Advance(address.TryFormat(Free, out int written), written);

    private readonly Span<byte> Free => _buffer.Slice(_length, Room);

    private void Advance(bool fits, int written)
    {
        if (fits && !IsOverflowed)
        {
            _length += written;
        }
        else
        {
            IsOverflowed = true;
        }
    }
}
