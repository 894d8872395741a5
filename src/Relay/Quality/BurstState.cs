namespace RtpProxy.Relay.Quality;

/// <summary>
/// Bursts of missing packets and the gaps between them, by the algorithm of RFC 3611, appendix A.2: a burst begins and ends with a
/// missing packet, and within it fewer than <see cref="Gmin"/> packets in a row are played; what misses alone belongs to the gap.
/// </summary>
/// <remarks>
/// Plain data; all zero before the first packet. The transition counts have the names of the RFC: state 1 is a packet played in a
/// gap, 2 one played in a burst, 3 one missing in a burst, 4 one missing in a gap. Unlike there, the beginning of a stream is a gap,
/// so nothing has been left when the first packet misses.
/// </remarks>
internal struct BurstState
{
    /// <summary>So many packets played in a row end a burst (RFC 3611, section 4.7.2).</summary>
    public const uint Gmin = 16;

    /// <summary>Packets played since the last one that missed.</summary>
    public uint Played;

    /// <summary>Packets missing since the last gap; 1 is one alone, 0 none ever.</summary>
    public uint Missing;

    public uint C11;
    public uint C13;
    public uint C14;
    public uint C22;
    public uint C23;
    public uint C33;

    /// <summary>All that missed.</summary>
    public readonly uint Missed => Runs + C33;

    /// <summary>How often packets missed, one or more in a row.</summary>
    public readonly uint Runs => C13 + C14 + C23 + (Missing > 0 ? 1u : 0);

    /// <summary>Mean run of packets that missed in a row; 0 without any.</summary>
    public readonly double MeanRun => Runs > 0 ? (double)Missed / Runs : 0;

    // After End, with the names of the RFC: c31 = c13, c32 = c23.

    /// <summary>Share of packets that missed within bursts; 0 when there were none.</summary>
    public readonly double BurstDensity => C13 > 0 ? (double)MissedInBursts / (MissedInBursts + C22 + C23) : 0;

    /// <summary>Mean length of bursts in packets.</summary>
    public readonly double BurstPackets => C13 > 0 ? ((double)MissedInBursts + C22 + C23) / C13 : 0;

    /// <summary>Share of packets that missed in gaps.</summary>
    public readonly double GapDensity => C14 > 0 ? C14 / ((double)C11 + C14) : 0;

    /// <summary>Mean length of gaps in packets; of all when there was no burst.</summary>
    public readonly double GapPackets => ((double)C11 + C14 + C13) / Math.Max(1, C13);

    private readonly uint MissedInBursts => C13 + C23 + C33;

    /// <summary>So many packets in a row were there in time.</summary>
    public void Play(uint packets) => Played += packets;

    /// <summary>One was lost or came too late.</summary>
    public void Miss()
    {
        if (Played >= Gmin || Missing == 0)
        {
            EndRun();
            Missing = 1;
            C11 += Played;
        }
        else
        {
            Missing++;
            if (Played == 0)
            {
                C33++;
            }
            else
            {
                C23++;
                C22 += Played - 1;
            }
        }

        Played = 0;
    }

    /// <summary>What has not been counted is, as if the stream ended here.</summary>
    public void End()
    {
        EndRun();
        Missing = 0;
        C11 += Played;
        Played = 0;
    }

    private void EndRun()
    {
        if (Missing == 1)
        {
            C14++;
        }
        else if (Missing > 1)
        {
            C13++;
        }
    }
}
