using System.Runtime.CompilerServices;

namespace RtpProxy.Relay.Digits.Dialling;

/// <summary>Digits of one party, the one that is being sent first.</summary>
[InlineArray(Length)]
internal struct DialledDigits
{
    public const int Length = 32;

    private DialledDigit _first;
}
