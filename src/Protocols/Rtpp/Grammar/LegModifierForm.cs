using System.Buffers;
using RtpProxy.Protocols.Rtpp.Parsing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary>What modifiers of <c>U</c> and <c>L</c> look like from afar (control protocol, section 3.4).</summary>
internal static class LegModifierForm
{
    private static readonly SearchValues<byte> Flags = SearchValues.Create("asw6neiASWNEI"u8);
    private static readonly SearchValues<byte> NumberLists = SearchValues.Create("0123456789,"u8);

    /// <summary>Known letters only; an <c>l</c> or <c>r</c> has an argument, which may be any text, and nothing behind it is looked at.</summary>
    public static bool MayBe(ReadOnlySpan<byte> modifiers)
    {
        while (!modifiers.IsEmpty)
        {
            char letter = Letters.Lower(modifiers[0]);
            if (letter is 'l' or 'r')
            {
                return modifiers.Length > 1;
            }

            if (letter is not ('z' or 'c') && !Flags.Contains(modifiers[0]))
            {
                return false;
            }

            modifiers = modifiers[1..];
            if (letter is 'z' or 'c')
            {
                int others = modifiers.IndexOfAnyExcept(NumberLists);
                modifiers = others < 0 ? default : modifiers[others..];
            }
        }

        return true;
    }
}
