namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>The payload types that need no <c>a=rtpmap</c> (RFC 3551 section 6).</summary>
internal static class StaticPayloadTypes
{
    public static SdpCodec? Find(int payloadType) => payloadType switch
    {
        0 => new SdpCodec(0, "PCMU", 8000, 1),
        3 => new SdpCodec(3, "GSM", 8000, 1),
        4 => new SdpCodec(4, "G723", 8000, 1),
        5 => new SdpCodec(5, "DVI4", 8000, 1),
        6 => new SdpCodec(6, "DVI4", 16000, 1),
        7 => new SdpCodec(7, "LPC", 8000, 1),
        8 => new SdpCodec(8, "PCMA", 8000, 1),
        9 => new SdpCodec(9, "G722", 8000, 1),
        10 => new SdpCodec(10, "L16", 44100, 2),
        11 => new SdpCodec(11, "L16", 44100, 1),
        12 => new SdpCodec(12, "QCELP", 8000, 1),
        13 => new SdpCodec(13, "CN", 8000, 1),
        14 => new SdpCodec(14, "MPA", 90000, 1),
        15 => new SdpCodec(15, "G728", 8000, 1),
        16 => new SdpCodec(16, "DVI4", 11025, 1),
        17 => new SdpCodec(17, "DVI4", 22050, 1),
        18 => new SdpCodec(18, "G729", 8000, 1),
        25 => new SdpCodec(25, "CelB", 90000, 1),
        26 => new SdpCodec(26, "JPEG", 90000, 1),
        28 => new SdpCodec(28, "nv", 90000, 1),
        31 => new SdpCodec(31, "H261", 90000, 1),
        32 => new SdpCodec(32, "MPV", 90000, 1),
        33 => new SdpCodec(33, "MP2T", 90000, 1),
        34 => new SdpCodec(34, "H263", 90000, 1),
        _ => null,
    };
}
