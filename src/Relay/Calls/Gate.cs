using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Calls;

/// <summary>What does not pass between two parties (ng protocol, sections 3.7 and 5.6).</summary>
internal static class Gate
{
    private const int TypeAt = 1;
    private const byte TypeMask = 0x7f;
    private const byte FirstRtcpType = 192; // RFC 5761, section 4
    private const byte LastRtcpType = 223;

    /// <summary>Whether a packet of a party ends here. Only asked where something does.</summary>
    public static bool Keeps(in Passage passage, Leg listener)
    {
        Leg speaker = passage.Stream.Leg;
        if (listener.Gates.HasFlag(MediaGates.Toward) || speaker.Gates.HasFlag(MediaGates.All))
        {
            return true;
        }

        if (passage.Stream.Kind == StreamKind.Rtcp
            || passage.Bytes.Length < RtpPacket.FixedHeaderLength
            || passage.Bytes[TypeAt] is >= FirstRtcpType and <= LastRtcpType)
        {
            return false;
        }

        return IsDigit(passage.Bytes, speaker, listener)
            ? speaker.Gates.HasFlag(MediaGates.Digits)
            : speaker.Gates.HasFlag(MediaGates.Media);
    }

    /// <summary>Who sends uses the number of who receives (RFC 3264, section 5.1), or its own against the rule.</summary>
    private static bool IsDigit(ReadOnlySpan<byte> packet, Leg speaker, Leg listener)
    {
        int type = packet[TypeAt] & TypeMask;
        return type == listener.DigitPayloadType || type == speaker.DigitPayloadType;
    }
}
