using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>How what a party sends fares (control protocol, section 3.12); null where it is not known.</summary>
/// <param name="Score">MOS-LQ of the whole stream.</param>
/// <param name="LowestScore">Of the worst interval of 5 s.</param>
/// <param name="Late">Packets that a de-jitter buffer would have thrown away.</param>
/// <param name="RoundTrip">From us to the party and back, by its RTCP.</param>
/// <param name="Silence">Since its last packet.</param>
public readonly record struct PartyQuality(
    double? Score,
    double? LowestScore,
    double? JitterMilliseconds,
    double? LargestJitterMilliseconds,
    uint Late,
    uint Lost,
    TimeSpan? RoundTrip,
    TimeSpan? Silence)
{
    internal static PartyQuality Of(Leg leg, Instant now)
    {
        ReceptionFigures reception = LegFigures.ReceptionOf(leg);
        return new PartyQuality(
            reception.Score,
            reception.ScoreMinimum,
            reception.JitterLastMilliseconds,
            reception.JitterMaximumMilliseconds,
            reception.Late,
            reception.Lost,
            leg.Reports.RoundTrip,
            leg.Evidence.HasSpoken ? now - leg.Evidence.SpokeAt : null);
    }
}
