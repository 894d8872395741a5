using System.Globalization;
using System.Text;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Offers;

/// <summary>Reads and writes flags in the module's notation.</summary>
internal static class MediaFlagsParser
{
    private const int MaxPtimeMilliseconds = 999;

    public static bool TryParse(string text, out MediaFlags flags, out ParseError error)
    {
        flags = MediaFlags.None;
        error = default;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (letter is 'z' or 'Z')
            {
                int digits = CountDigits(text, i + 1);
                if (!TryReadPtime(text.AsSpan(i + 1, digits), out int ptime))
                {
                    return Fail(i + 1, "a packet duration from 1 to 999 ms behind z", out flags, out error);
                }

                flags = flags with { PtimeMilliseconds = ptime };
                i += digits;
            }
            else if (letter is 'i' or 'I' or 'e' or 'E')
            {
                if (!TryAddDirection(letter, ref flags))
                {
                    return Fail(i, "at most two of i and e", out flags, out error);
                }
            }
            else if (Add(letter, flags) is { } more)
            {
                flags = more;
            }
            else
            {
                return Fail(i, "one of the flags a b c e f i l o r t w x z 1 2 3", out flags, out error);
            }
        }

        return true;
    }

    public static string Write(MediaFlags flags)
    {
        var text = new StringBuilder();
        text.Append(flags.Asymmetric switch { true => "a", false => "w", null => "" });
        AppendIf(text, flags.TrustSdpAddress && flags.Asymmetric != true, 'r');
        AppendDirection(text, flags.FirstDirection);
        AppendDirection(text, flags.SecondDirection);
        AppendIf(text, flags.BridgeFamilies, 'x');
        AppendIf(text, flags.LookupOnly, 'l');
        AppendIf(text, flags.IgnoreMark, 'f');
        AppendIf(text, flags.RewriteSessionConnection, 'c');
        AppendIf(text, flags.RewriteOrigin, 'o');
        AppendIf(text, flags.DestroyWithoutToTag, 't');
        text.Append(flags.Suffix switch
        {
            CallIdSuffix.FirstBranch => "1",
            CallIdSuffix.SecondBranch => "2",
            CallIdSuffix.BranchByDirection => "3",
            CallIdSuffix.ExtraId => "b",
            _ => "",
        });

        // Last, so that no digit of a suffix is read as part of the number.
        if (flags.PtimeMilliseconds is int ptime)
        {
            text.Append(CultureInfo.InvariantCulture, $"z{ptime}");
        }

        return text.ToString();
    }

    private static MediaFlags? Add(char letter, MediaFlags flags) => letter switch
    {
        'a' or 'A' => flags with { Asymmetric = true, TrustSdpAddress = true },
        'w' or 'W' => flags with { Asymmetric = false },
        'r' or 'R' => flags with { TrustSdpAddress = true },
        'l' or 'L' => flags with { LookupOnly = true },
        'f' or 'F' => flags with { IgnoreMark = true },
        'c' or 'C' => flags with { RewriteSessionConnection = true },
        'o' or 'O' => flags with { RewriteOrigin = true },
        'x' or 'X' => flags with { BridgeFamilies = true },
        't' or 'T' => flags with { DestroyWithoutToTag = true },
        '1' => flags with { Suffix = CallIdSuffix.FirstBranch },
        '2' => flags with { Suffix = CallIdSuffix.SecondBranch },
        '3' => flags with { Suffix = CallIdSuffix.BranchByDirection },

        // A branch wins over the extra identifier, whichever comes first.
        'b' => flags.Suffix == CallIdSuffix.None ? flags with { Suffix = CallIdSuffix.ExtraId } : flags,
        _ => null,
    };

    private static bool TryAddDirection(char letter, ref MediaFlags flags)
    {
        Direction direction = letter is 'i' or 'I' ? Direction.Internal : Direction.External;
        if (flags.SecondDirection is not null)
        {
            return false;
        }

        flags = flags.FirstDirection is null
            ? flags with { FirstDirection = direction }
            : flags with { SecondDirection = direction };
        return true;
    }

    private static int CountDigits(string text, int start)
    {
        int end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - start;
    }

    private static bool TryReadPtime(ReadOnlySpan<char> digits, out int ptime) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ptime)
        && ptime is > 0 and <= MaxPtimeMilliseconds;

    private static void AppendIf(StringBuilder text, bool condition, char letter)
    {
        if (condition)
        {
            text.Append(letter);
        }
    }

    private static void AppendDirection(StringBuilder text, Direction? direction)
    {
        if (direction is { } given)
        {
            text.Append(given == Direction.Internal ? 'i' : 'e');
        }
    }

    private static bool Fail(int offset, string expected, out MediaFlags flags, out ParseError error)
    {
        flags = MediaFlags.None;
        error = new ParseError(offset, expected);
        return false;
    }
}
