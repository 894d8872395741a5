namespace RtpProxy.Relay.Tests.Quality;

/// <summary>
/// Bursts and gaps of a whole trace, as RFC 3611, section 4.7.2 defines them and appendix A.2 works them out, in the plainest way:
/// first the trace is cut into bursts, then the transitions are counted.
/// </summary>
internal sealed record LiteralBursts(double BurstDensity, double BurstPackets, double GapDensity, double GapPackets, double MeanRun)
{
    private const int Gmin = 16;

    /// <param name="isMissing">Of every packet, whether it was lost or too late.</param>
    public static LiteralBursts Of(IReadOnlyList<bool> isMissing)
    {
        int[] missing = [.. Enumerable.Range(0, isMissing.Count).Where(i => isMissing[i])];
        var groups = new List<List<int>>(); // of missing packets with fewer than Gmin between
        foreach (int at in missing)
        {
            if (groups.Count > 0 && at - groups[^1][^1] - 1 < Gmin)
            {
                groups[^1].Add(at);
            }
            else
            {
                groups.Add([at]);
            }
        }

        List<List<int>> bursts = [.. groups.Where(group => group.Count > 1)];
        double alone = groups.Count - bursts.Count;
        double inBursts = bursts.Sum(burst => burst[^1] - burst[0] + 1);
        double inGaps = isMissing.Count - inBursts;
        int runs = missing.Count(at => at == 0 || !isMissing[at - 1]);
        return new LiteralBursts(
            inBursts > 0 ? bursts.Sum(burst => burst.Count) / inBursts : 0,
            bursts.Count > 0 ? inBursts / bursts.Count : 0,
            inGaps > 0 ? alone / inGaps : 0,
            (inGaps + bursts.Count) / Math.Max(1, bursts.Count), // c13: the step into each burst is one of the gap before
            runs > 0 ? (double)missing.Length / runs : 0);
    }
}
