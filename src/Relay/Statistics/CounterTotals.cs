using System.Runtime.CompilerServices;

namespace RtpProxy.Relay.Statistics;

/// <summary>A number for each <see cref="RelayCounter"/>.</summary>
[InlineArray(Length)]
internal struct CounterTotals
{
    /// <summary>The last counter and those before it.</summary>
    public const int Length = (int)RelayCounter.DigitsTooFast + 1;

    private ulong _first;
}
