using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>Measures what parties send, as it comes, and how they receive, by their reports (media rules, section 4.5).</summary>
/// <remarks>Owned by one worker. Allocates nothing per packet.</remarks>
internal sealed class QualityWatch(RelayOptions options, RelayStatistics statistics)
{
    private readonly int _bufferMilliseconds = (int)options.JitterBuffer.TotalMilliseconds;

    /// <summary>An RTP packet of a party came. False when it had come before.</summary>
    /// <param name="arrivalTicks">Its arrival on the clock of its payload.</param>
    public bool OnPacket(Leg leg, in RtpPacket packet, int clockRateHz, long arrivalTicks, Instant now) =>
        leg.Quality.OnPacket(packet, clockRateHz, arrivalTicks, _bufferMilliseconds, leg.Evidence.SpokeAt, now);

    /// <summary>RTCP of a party came, on whatever port.</summary>
    public static void OnReports(Leg leg, ReadOnlySpan<byte> datagram, Instant now)
    {
        Leg other = leg.Session.Opposite(leg);
        leg.Reports.OnRtcp(datagram, leg.Player?.Ssrc ?? other.Reception.LastSsrc ?? other.Reports.RelayedSsrc, other.Reports, now);
    }

    /// <summary>A second has passed: intervals end.</summary>
    public void OnSecond(Session session, Instant now)
    {
        OnSecond(session.Caller, now);
        OnSecond(session.Callee, now);
    }

    /// <summary>A session has ended: so have its streams, and the intervals in which they were.</summary>
    public void OnEnd(Session session, Instant now)
    {
        OnEnd(session.Caller, now);
        OnEnd(session.Callee, now);
    }

    private void OnEnd(Leg leg, Instant now)
    {
        if (leg.Quality.OnEnd(leg.Reception, now))
        {
            statistics.Count(leg.Quality.State.Last);
        }
    }

    private void OnSecond(Leg leg, Instant now)
    {
        if (leg.Quality.OnSecond(leg.Reception, _bufferMilliseconds, now))
        {
            statistics.Count(leg.Quality.State.Last);
        }
    }
}
