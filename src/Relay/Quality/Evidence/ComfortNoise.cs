using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality.Evidence;

/// <summary>Tells packets that describe silence, after which a party may send nothing for long.</summary>
internal static class ComfortNoise
{
    private const byte G723 = 4;
    private const byte Noise = 13; // RFC 3389
    private const byte G729 = 18;
    private const byte OldNoise = 19; // what 13 was before RFC 3551
    private const int G723Sid = 4; // bytes (RFC 3551, section 4.5.3)
    private const int G729Frame = 10;
    private const int G729Sid = 2; // bytes, after whole frames (RFC 3551, section 4.5.6)

    public static bool IsIn(in RtpPacket packet) => packet.PayloadType.Value switch
    {
        Noise or OldNoise => true,
        G729 => packet.Payload.Length % G729Frame == G729Sid,
        G723 => packet.Payload.Length == G723Sid,
        _ => false,
    };
}
