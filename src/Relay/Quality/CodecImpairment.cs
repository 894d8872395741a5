using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>What a narrow-band codec costs in the <see cref="EModel"/> (ITU-T G.113, Appendix I).</summary>
/// <param name="Equipment">Ie: without losses.</param>
/// <param name="Robustness">Bpl: how well it bears losses at random, in percent.</param>
public readonly record struct CodecImpairment(double Equipment, double Robustness)
{
    /// <summary>With loss concealment.</summary>
    public static CodecImpairment G711 => new(0, 25.1);

    /// <summary>At 6.3 kbit/s, with silence detection.</summary>
    public static CodecImpairment G723 => new(15, 16.1);

    /// <summary>With silence detection.</summary>
    public static CodecImpairment G729 => new(11, 19);

    /// <summary>An estimate: G.113 has no Bpl of GSM full rate, so that of GSM EFR is taken.</summary>
    public static CodecImpairment Gsm => new(20, 10);

    /// <summary>Null where there is no row: wideband codecs, and what the signalling alone knows.</summary>
    public static CodecImpairment? Of(PayloadType payloadType) => payloadType.Value switch
    {
        0 or 8 => G711,
        3 => Gsm,
        4 => G723,
        18 => G729,
        _ => null,
    };
}
