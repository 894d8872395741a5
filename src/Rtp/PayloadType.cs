namespace RtpProxy.Rtp;

/// <summary>
/// RTP payload type (RFC 3551 section 6), 0 to 127. Only the static assignments mean something by themselves; what a
/// number from 96 on carries is known to the signalling alone.
/// </summary>
public readonly record struct PayloadType(byte Value)
{
    /// <summary>G.711 u-law, 8 kHz, one byte a sample.</summary>
    public static PayloadType Pcmu => new(0);

    /// <summary>GSM 06.10 full rate: 33 bytes for 20 ms.</summary>
    public static PayloadType Gsm => new(3);

    /// <summary>G.723.1: 30 ms frames of 24, 20 or 4 bytes.</summary>
    public static PayloadType G723 => new(4);

    /// <summary>G.711 A-law, 8 kHz, one byte a sample.</summary>
    public static PayloadType Pcma => new(8);

    /// <summary>G.722 at 64 kbit/s: its RTP clock runs at 8 kHz, one byte a tick (RFC 3551 section 4.5.2).</summary>
    public static PayloadType G722 => new(9);

    /// <summary>Comfort noise, now and then in a silence (RFC 3389).</summary>
    public static PayloadType ComfortNoise => new(13);

    /// <summary>G.729 and G.729A: 10 bytes for 10 ms; a shorter last frame is comfort noise.</summary>
    public static PayloadType G729 => new(18);

    /// <summary>
    /// RTP clock in Hz of the static assignments (media rules, section 4.1), 0 when unknown: the reserved 1 and 2, and
    /// everything from 19 on, video and dynamic types included.
    /// </summary>
    public int ClockRateHz => Value switch
    {
        0 or 3 or 4 or 5 or 7 or 8 or 9 or 12 or 13 or 15 or 18 => 8_000,
        6 => 16_000,
        10 or 11 => 44_100,
        14 => 90_000,
        16 => 11_025,
        17 => 22_050,
        _ => 0,
    };

    /// <summary>Encoding name of the static assignments (RFC 3551, tables 4 and 5); null where the signalling alone knows.</summary>
    public string? EncodingName => Value switch
    {
        0 => "PCMU",
        3 => "GSM",
        4 => "G723",
        5 or 6 or 16 or 17 => "DVI4",
        7 => "LPC",
        8 => "PCMA",
        9 => "G722",
        10 or 11 => "L16",
        12 => "QCELP",
        13 => "CN",
        14 => "MPA",
        15 => "G728",
        18 => "G729",
        25 => "CelB",
        26 => "JPEG",
        28 => "nv",
        31 => "H261",
        32 => "MPV",
        33 => "MP2T",
        34 => "H263",
        _ => null,
    };

    /// <summary>
    /// Duration of a payload in 8 kHz samples (media rules, section 4.1), or <see cref="RtpPacket.UnknownSampleCount"/>
    /// for an empty payload, a type whose framing is not known, and an undefined G.723.1 frame type.
    /// </summary>
    public int CountSamples(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return RtpPacket.UnknownSampleCount;
        }

        return Value switch
        {
            0 or 8 or 9 => payload.Length,
            18 => (payload.Length + AudioFraming.G729.FrameBytes - 1) / AudioFraming.G729.FrameBytes * AudioFraming.G729.FrameSamples,
            3 => payload.Length / AudioFraming.Gsm.FrameBytes * AudioFraming.Gsm.FrameSamples,
            4 => CountG723Samples(payload),
            _ => RtpPacket.UnknownSampleCount,
        };
    }

    /// <summary>
    /// Bytes of the G.723.1 frame that starts with <paramref name="firstByte"/>: its two low bits tell the rate (RFC 3551
    /// section 4.5.3); 0 for the undefined fourth combination.
    /// </summary>
    public static int G723FrameBytes(byte firstByte) => (firstByte & 3) switch
    {
        0 => 24, // 6.3 kbit/s
        1 => 20, // 5.3 kbit/s
        2 => 4, // silence
        _ => 0,
    };

    private static int CountG723Samples(ReadOnlySpan<byte> payload)
    {
        int samples = 0;
        for (int at = 0; at < payload.Length;)
        {
            int frame = G723FrameBytes(payload[at]);
            if (frame == 0)
            {
                return RtpPacket.UnknownSampleCount;
            }

            at += frame;
            samples += AudioFraming.G723.FrameSamples;
        }

        return samples;
    }

    public override string ToString() => $"{Value}";
}
