namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>Some samples of one figure since start, added up (ng protocol, 7.5).</summary>
/// <param name="Total">Their sum.</param>
/// <param name="SquareTotal">The sum of their squares.</param>
public readonly record struct SampleSums(double Total, double SquareTotal, long Samples)
{
    public double Average => Samples == 0 ? 0 : Total / Samples;

    /// <summary>Standard deviation.</summary>
    public double Deviation => Samples == 0 ? 0 : Math.Sqrt(Math.Max(0, (SquareTotal / Samples) - (Average * Average)));
}
