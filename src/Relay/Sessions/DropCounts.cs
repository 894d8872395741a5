using System.Runtime.CompilerServices;

namespace RtpProxy.Relay.Sessions;

/// <summary>A number for each <see cref="DropReason"/>.</summary>
[InlineArray(Length)]
internal struct DropCounts
{
    /// <summary>The last reason and those before it.</summary>
    public const int Length = (int)DropReason.NoSession + 1;

    private uint _first;
}
