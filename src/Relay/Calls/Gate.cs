using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Calls;

/// <summary>What does not pass between two parties (ng protocol).</summary>
internal static class Gate
{
    private const int TypeAt = 1;
    private const byte TypeMask = 0x7f;
    private const byte FirstRtcpType = 192; // RFC 5761, section 4
    private const byte LastRtcpType = 223;

    /// <summary>Whether a packet of a party goes on, as silence where it has to. Only asked where something may not pass.</summary>
    public static bool LetsPass(in Passage passage, Leg listener)
    {
        Leg speaker = passage.Stream.Leg;
        MediaGates gates = speaker.Gates;
        if (((listener.Gates & MediaGates.Toward) | (gates & MediaGates.All)) != 0)
        {
            return false;
        }

        if (passage.Stream.Kind == StreamKind.Rtcp
            || passage.Bytes.Length < RtpPacket.FixedHeaderLength
            || passage.Bytes[TypeAt] is >= FirstRtcpType and <= LastRtcpType)
        {
            return true;
        }

        if (IsDigit(passage.Bytes, speaker, listener))
        {
            return (gates & MediaGates.Digits) == 0;
        }

        return (gates & MediaGates.Media) == 0 && ((gates & MediaGates.Silence) == 0 || Silence.TryReplace(passage.Bytes));
    }

    /// <summary>Who sends uses the number of who receives (RFC 3264, section 5.1), or its own against the rule.</summary>
    private static bool IsDigit(ReadOnlySpan<byte> packet, Leg speaker, Leg listener)
    {
        int type = packet[TypeAt] & TypeMask;
        return type == listener.DigitPayloadType || type == speaker.DigitPayloadType;
    }
}
