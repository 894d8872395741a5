namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>Some samples of one figure since start, added up (ng protocol, 7.5).</summary>
/// <param name="Total">Their sum.</param>
/// <param name="SquareTotal">The sum of their squares; null where it is not known.</param>
public readonly record struct SampleSums(double Total, double? SquareTotal, long Samples)
{
    public double Average => Samples == 0 ? 0 : Total / Samples;

    /// <summary>Standard deviation; null where it is not known.</summary>
    public double? Deviation => Samples == 0 || SquareTotal is not { } squares ? null : Math.Sqrt(Math.Max(0, (squares / Samples) - (Average * Average)));
}
