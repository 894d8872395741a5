using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Hosting.Records;

/// <summary>What the analyser made of the RTP of a party, and whether the party was on hold.</summary>
/// <param name="Jitter">Ticks of the RTP clock.</param>
internal readonly record struct CsvAnalysis(
    uint Sent,
    uint Received,
    uint Duplicates,
    uint Lost,
    uint ParseErrors,
    Ssrc? LastSsrc,
    uint SsrcChanges,
    int LastPayloadType,
    JitterSummary Jitter,
    bool IsOnHold,
    uint HoldCount)
{
    private const int NoPayloadType = -1;

    public static CsvAnalysis Of(Leg leg)
    {
        ReceptionStatistics reception = leg.Reception;
        return new CsvAnalysis(
            reception.Sent,
            reception.Received,
            reception.Duplicates,
            reception.Lost,
            reception.ParseErrors,
            reception.LastSsrc,
            reception.SsrcChanges,
            reception.LastPayloadType?.Value ?? NoPayloadType,
            reception.Jitter ?? default,
            leg.IsOnHold,
            leg.HoldCount);
    }
}
