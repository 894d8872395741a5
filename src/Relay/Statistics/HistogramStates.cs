using System.Runtime.CompilerServices;

namespace RtpProxy.Relay.Statistics;

/// <summary>A histogram for each <see cref="QualityMeasure"/>.</summary>
[InlineArray(Length)]
internal struct HistogramStates
{
    /// <summary>The last measure and those before it.</summary>
    public const int Length = (int)QualityMeasure.Jitter + 1;

    private HistogramState _first;
}
