using System.Buffers.Binary;

namespace RtpProxy.Rtp;

/// <summary>
/// What a payload of type <c>telephone-event</c> says (RFC 4733 section 2.3). Of events packed into one payload (section
/// 2.5.1.5) this is the first.
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     event     |E|R| volume    |          duration             |
/// </code>
/// </summary>
/// <param name="Code">0 to 255; those up to <see cref="LastDigit"/> are keys.</param>
/// <param name="IsEnd">E: the event is over.</param>
/// <param name="Volume">0 to 63, in dBm0 below zero.</param>
/// <param name="Duration">Since the event began, in units of the RTP clock.</param>
public readonly record struct TelephoneEvent(byte Code, bool IsEnd, byte Volume, ushort Duration)
{
    /// <summary>Flash (RFC 4733 section 3.2), which is written as a blank.</summary>
    public const byte LastDigit = 16;

    /// <summary>Of the payload, in bytes.</summary>
    public const int Length = 4;

    private const int EndBit = 0x80;
    private const int VolumeBits = 0x3f;

    /// <summary>The key: a digit, <c>*</c>, <c>#</c>, <c>A</c> to <c>D</c>, a blank for flash; null for other events.</summary>
    public char? Digit => Code <= LastDigit ? "0123456789*#ABCD "[Code] : null;

    /// <summary>False when the payload is too short; longer ones are read as far as the first event goes.</summary>
    /// <param name="payload">What follows the headers of the packet, without padding.</param>
    public static bool TryParse(ReadOnlySpan<byte> payload, out TelephoneEvent telephoneEvent)
    {
        telephoneEvent = default;
        if (payload.Length < Length)
        {
            return false;
        }

        telephoneEvent = new TelephoneEvent(
            payload[0],
            (payload[1] & EndBit) != 0,
            (byte)(payload[1] & VolumeBits),
            BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return true;
    }

    /// <summary>Writes it as a payload.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <returns><see cref="Length"/>.</returns>
    public int Write(Span<byte> destination)
    {
        destination[0] = Code;
        destination[1] = (byte)((IsEnd ? EndBit : 0) | (Volume & VolumeBits));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], Duration);
        return Length;
    }
}
