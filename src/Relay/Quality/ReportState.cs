using System.Runtime.CompilerServices;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>What the RTCP of a party told: when it sent its sender reports, and how it receives what we send to it.</summary>
/// <remarks>Plain data; all zero before the first RTCP.</remarks>
internal struct ReportState
{
    /// <summary>The sender reports of the party that were relayed last.</summary>
    public SenderReports Relayed;

    /// <summary>Which of them is replaced next.</summary>
    public byte NextRelayed;

    /// <summary>Who sent the last of them.</summary>
    public Ssrc RelayedSsrc;

    /// <summary>The party sent a report block about our stream; the following are of the last such block.</summary>
    public bool HasReport;

    public Instant ReportAt;

    /// <summary>Of 256 packets since the report before.</summary>
    public byte FractionLost;

    public int CumulativeLost;

    /// <summary>In ticks of the RTP clock of what it receives.</summary>
    public uint Jitter;

    /// <summary>A block referred to a sender report that we relayed; then what that gave.</summary>
    public bool HasRoundTrip;

    public TimeSpan RoundTrip;

    /// <summary>A sender report that was relayed.</summary>
    public struct SenderReport
    {
        /// <summary>The middle 32 bits of its NTP timestamp; 0 for none.</summary>
        public uint Id;

        public Instant At;
    }

    /// <summary>A party answers the last one, or the one before if that crossed its answer.</summary>
    [InlineArray(Length)]
    public struct SenderReports
    {
        public const int Length = 4;

        private SenderReport _first;
    }
}
