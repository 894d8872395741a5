namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>Command letters and modifiers are the same in either case (control protocol, section 2.3).</summary>
internal static class Letters
{
    public static char Lower(byte letter) => letter is >= (byte)'A' and <= (byte)'Z' ? (char)(letter | 0x20) : (char)letter;

    /// <summary>True when every letter is the given one; an empty text too.</summary>
    public static bool AreAll(ReadOnlySpan<byte> text, char lower)
    {
        foreach (byte letter in text)
        {
            if (Lower(letter) != lower)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when every letter is one of the two given, in any order and number.</summary>
    public static bool AreAmong(
        ReadOnlySpan<byte> text, char lower, char otherLower, out bool hasLetter, out bool hasOther)
    {
        hasLetter = hasOther = false;
        foreach (byte letter in text)
        {
            bool isLetter = Lower(letter) == lower;
            if (!isLetter && Lower(letter) != otherLower)
            {
                return false;
            }

            hasLetter |= isLetter;
            hasOther |= !isLetter;
        }

        return true;
    }
}
