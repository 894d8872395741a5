namespace RtpProxy.Relay.Quality;

/// <summary>
/// The E-model, ITU-T G.107 with its default values and without advantage (A = 0), simplified as media rules, section 4.5 says: what
/// losses and delay make of a codec, on the scale of R, 0 to 100, and as a mean opinion score, 1 to 4.5.
/// </summary>
public static class EModel
{
    private const double RatingWithoutImpairment = 93.2; // R0 - Is, G.107 with default values

    private const double WorstEquipment = 95;
    private const double DelayNoticed = 177.3; // ms; G.107, section 3.4

    /// <summary>The transmission rating R (G.107, section 3.5).</summary>
    /// <param name="missing">Packets lost or too late, 0 to 1.</param>
    /// <param name="burstRatio">1 for losses at random, more when they come together.</param>
    /// <param name="delay">From mouth to ear; zero for listening alone.</param>
    public static double Rating(in CodecImpairment codec, double missing, double burstRatio = 1, TimeSpan delay = default) =>
        Math.Clamp(
            RatingWithoutImpairment - DelayImpairment(delay.TotalMilliseconds) - Equipment(codec, missing * 100, burstRatio), 0, 100);

    /// <summary>The mean opinion score of a rating (G.107, Annex B); never below 1, where the polynomial is.</summary>
    public static double Score(double rating) => rating switch
    {
        <= 0 => 1,
        >= 100 => 4.5,
        _ => Math.Max(1, 1 + (0.035 * rating) + (7e-6 * rating * (rating - 60) * (100 - rating))),
    };

    /// <summary>Ie,eff: the codec and its losses (G.107, section 7.5).</summary>
    private static double Equipment(in CodecImpairment codec, double percent, double burstRatio) =>
        codec.Equipment + ((WorstEquipment - codec.Equipment) * percent / ((percent / burstRatio) + codec.Robustness));

    /// <summary>Id, simplified to what one-way delay does without echo.</summary>
    private static double DelayImpairment(double milliseconds) =>
        (0.024 * milliseconds) + (milliseconds > DelayNoticed ? 0.11 * (milliseconds - DelayNoticed) : 0);
}
