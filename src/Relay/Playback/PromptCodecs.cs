using System.Globalization;

namespace RtpProxy.Relay.Playback;

/// <summary>Finds the first playable file for a list of payload types such as <c>18,0,8</c> (control protocol, section 3.9).</summary>
internal static class PromptCodecs
{
    private const int MaxPayloadType = 127;

    /// <summary>
    /// Opens the prompt in the first codec of the list that it exists in. The list is read only as far as needed: what is
    /// wrong behind that place does not matter.
    /// </summary>
    /// <param name="codecs">Decimal numbers, each followed by one separator, which may be any other character.</param>
    /// <param name="error">One plain sentence when there is no prompt.</param>
    public static Prompt? TryOpen(IPromptLibrary library, string name, string codecs, out string error) =>
        TryFind(type => library.TryOpen(name, type), name, codecs, out error);

    /// <summary>The same of what is found for a payload type in any way.</summary>
    /// <param name="find">Gives the prompt for a payload type, or null.</param>
    public static Prompt? TryFind(Func<byte, Prompt?> find, string name, string codecs, out string error)
    {
        ReadOnlySpan<char> rest = codecs;
        while (!rest.IsEmpty)
        {
            if (!TryReadNumber(ref rest, out int? payloadType))
            {
                error = $"the codec list '{codecs}' is not a list of payload types";
                return null;
            }

            if (payloadType is { } known && find((byte)known) is { } prompt)
            {
                error = "";
                return prompt;
            }
        }

        error = $"there is no readable file of the prompt '{name}' for any of the codecs '{codecs}'";
        return null;
    }

    /// <summary>Whether a list is nothing but payload types.</summary>
    public static bool AreAllKnown(string codecs)
    {
        ReadOnlySpan<char> rest = codecs;
        while (!rest.IsEmpty)
        {
            if (!TryReadNumber(ref rest, out int? payloadType) || payloadType is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes digits and one separator; the number is null when it cannot be a payload type.</summary>
    private static bool TryReadNumber(ref ReadOnlySpan<char> list, out int? payloadType)
    {
        int digits = list.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? list.Length : digits;
        payloadType = int.TryParse(list[..digits], CultureInfo.InvariantCulture, out int number) && number <= MaxPayloadType ? number : null;
        list = list[Math.Min(digits + 1, list.Length)..];
        return digits > 0;
    }
}
