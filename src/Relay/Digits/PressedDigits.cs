using System.Runtime.CompilerServices;

namespace RtpProxy.Relay.Digits;

/// <summary>The last events of a party.</summary>
[InlineArray(Length)]
internal struct PressedDigits
{
    public const int Length = 4;

    private PressedDigit _first;
}
