using RtpProxy.Rtp;
using RtpProxy.Rtp.Rtcp;

namespace RtpProxy.Relay.Quality;

/// <summary>
/// What the RTCP of a party tells about the way from us to it (RFC 3550, section 6.4.1): the report blocks about the stream that we
/// send to it. Nothing in them is believed beyond what it says; whatever they hold, it is a number.
/// </summary>
/// <remarks>Owned by the leg of the party; not thread-safe. Allocates nothing.</remarks>
internal sealed class PartyReports
{
    /// <summary>More than that is no way that anybody speaks over, but a report that was made up.</summary>
    public static readonly TimeSpan LongestRoundTrip = TimeSpan.FromSeconds(10);

    // As far apart as nobody's packets come: it was made up, or is encrypted.
    private const double LongestJitter = 10_000; // ms

    // Both instants are those of a turn: a packet may have come or left so much later.
    private static readonly TimeSpan Inaccuracy = TimeSpan.FromMilliseconds(1);

    private ReportState _state;

    /// <summary>All that it knows; to be copied out and in.</summary>
    public ref ReportState State => ref _state;

    /// <summary>From us to the party and back, by its last report that can tell.</summary>
    public TimeSpan? RoundTrip => _state.HasRoundTrip ? _state.RoundTrip : null;

    /// <summary>The source of the last sender report that was relayed; null before.</summary>
    public Ssrc? RelayedSsrc => _state.Relayed[0].Id != 0 ? _state.RelayedSsrc : null;

    /// <summary>RTCP of the party came.</summary>
    /// <param name="sent">The source of what we send to the party, null when nothing was sent.</param>
    /// <param name="other">Of the other party, whose sender reports this one answers.</param>
    public void OnRtcp(ReadOnlySpan<byte> datagram, Ssrc? sent, PartyReports other, Instant now)
    {
        foreach (RtcpHeader packet in new RtcpCompound(datagram))
        {
            foreach (RtcpReportBlock block in new RtcpReportBlocks(packet))
            {
                if (block.Ssrc == sent)
                {
                    Take(block, other, now);
                }
            }
        }
    }

    /// <summary>RTCP of the party went on to the other one.</summary>
    public void OnRelayed(ReadOnlySpan<byte> datagram, Instant now)
    {
        foreach (RtcpHeader packet in new RtcpCompound(datagram))
        {
            if (SenderReport.TryParse(packet, out SenderReport report))
            {
                ref ReportState.SenderReport place = ref _state.Relayed[_state.NextRelayed];
                place.Id = report.MiddleOfNtpTimestamp;
                place.At = now;
                _state.RelayedSsrc = report.Ssrc;
                _state.NextRelayed = (byte)((_state.NextRelayed + 1) % ReportState.SenderReports.Length);
            }
        }
    }

    /// <param name="clockRateHz">Of what the party receives, 0 when it is not known.</param>
    public ReportedFigures? ToFigures(int clockRateHz, Instant now) => !_state.HasReport
        ? null
        : new ReportedFigures(
            RoundTrip,
            _state.FractionLost / 256.0,
            _state.CumulativeLost,
            JitterMilliseconds(clockRateHz),
            now - _state.ReportAt);

    private double? JitterMilliseconds(int clockRateHz) =>
        clockRateHz > 0 && _state.Jitter * 1000.0 / clockRateHz is < LongestJitter and var jitter ? jitter : null;

    private void Take(in RtcpReportBlock block, PartyReports other, Instant now)
    {
        _state.HasReport = true;
        _state.ReportAt = now;
        _state.FractionLost = block.FractionLost;
        _state.CumulativeLost = block.CumulativeLost;
        _state.Jitter = block.Jitter;
        if (block.LastSenderReport == 0)
        {
            return;
        }

        foreach (ref readonly ReportState.SenderReport report in (ReadOnlySpan<ReportState.SenderReport>)other._state.Relayed)
        {
            TimeSpan roundTrip = now - report.At - block.DelaySinceLastSenderReport;
            if (report.Id == block.LastSenderReport && roundTrip > -Inaccuracy && roundTrip < LongestRoundTrip)
            {
                _state.HasRoundTrip = true;
                _state.RoundTrip = roundTrip > TimeSpan.Zero ? roundTrip : TimeSpan.Zero;
            }
        }
    }
}
