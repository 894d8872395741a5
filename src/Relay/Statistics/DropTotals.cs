using System.Runtime.CompilerServices;

namespace RtpProxy.Relay.Statistics;

/// <summary>A number for each <see cref="DropReason"/>.</summary>
[InlineArray(Length)]
internal struct DropTotals
{
    /// <summary>The last reason and those before it.</summary>
    public const int Length = (int)DropReason.NoSession + 1;

    private ulong _first;
}
