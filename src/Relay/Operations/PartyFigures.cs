using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>How one party of a session fares (control protocol, section 3.12). Packets are RTP, jitter is in RTP clock units.</summary>
/// <param name="RemainingSeconds">Until the session times out.</param>
/// <param name="Relayed">In both directions.</param>
/// <param name="Dropped">After acceptance, in both directions.</param>
/// <param name="Caller">Of what the caller sends, whoever is asked about; and what the callee sends.</param>
public readonly record struct PartyFigures(
    int RemainingSeconds,
    ulong FromParty,
    ulong FromOtherParty,
    ulong Relayed,
    ulong Dropped,
    ulong Sent,
    ulong Received,
    ulong Duplicates,
    ulong Lost,
    ulong ParseErrors,
    TimeSpan LongestGap,
    double JitterLast,
    double JitterMaximum,
    double JitterMean,
    PartyQuality Caller,
    PartyQuality Callee,
    Verdict Verdict)
{
    internal static PartyFigures Of(Leg leg, Instant now)
    {
        Leg other = leg.Session.Opposite(leg);
        return new PartyFigures(
            leg.Session.RemainingSeconds,
            leg.Rtp.Received,
            other.Rtp.Received,
            leg.Rtp.Relayed + other.Rtp.Relayed,
            leg.Rtp.DroppedOfParty + other.Rtp.DroppedOfParty,
            leg.Reception.Sent,
            leg.Reception.Received,
            leg.Reception.Duplicates,
            leg.Reception.Lost,
            leg.Reception.ParseErrors,
            leg.Rtp.LongestInterval,
            leg.Reception.Jitter?.Last ?? 0,
            leg.Reception.Jitter?.Maximum ?? 0,
            leg.Reception.Jitter?.Average ?? 0,
            PartyQuality.Of(leg.Session.Caller, now),
            PartyQuality.Of(leg.Session.Callee, now),
            VerdictJudge.Judge(leg.Session, now));
    }
}
