using System.Runtime.CompilerServices;

namespace RtpProxy.Relay.Statistics;

/// <summary>Numbers for each <see cref="StreamKind"/>.</summary>
[InlineArray(Length)]
internal struct KindTotals
{
    /// <summary>The last kind and those before it.</summary>
    public const int Length = (int)StreamKind.Rtcp + 1;

    private TrafficTotals _first;
}
