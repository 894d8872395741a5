using System.Globalization;
using System.Text;

namespace RtpProxy.Controller.Relays;

/// <summary>
/// A daemon's word that a party has pressed a key (control protocol, section 7.5): <c>TAG DIGIT VOLUME DURATION SIDE</c>. It comes
/// over the same connections as <see cref="TimeoutNotice"/>, and which of the two one is only its tag can tell: who asks for
/// digits gives tags that no timeout has.
/// </summary>
/// <param name="Tag">The decoded bytes that were given when the digits were asked for.</param>
/// <param name="Digit">0 to 9, <c>*</c>, <c>#</c>, <c>A</c> to <c>D</c>; a blank for flash.</param>
/// <param name="Volume">0 to 63, in dBm0 below zero.</param>
/// <param name="Duration">In units of the RTP clock: 800 is 100 ms of most codecs.</param>
/// <param name="IsOfCaller">Pressed by the party of the session's first offer; else by the other.</param>
public sealed record DigitNotice(byte[] Tag, char Digit, int Volume, int Duration, bool IsOfCaller)
{
    private const string Digits = "0123456789*#ABCD ";
    private const int MaxVolume = 63;

    /// <summary>The tag as Latin-1, one character for each byte.</summary>
    public string TagText => Encoding.Latin1.GetString(Tag);

    /// <summary>Reads a notice as that of a digit. Null when it has not its form, and so is the tag of a timeout.</summary>
    public static DigitNotice? Of(TimeoutNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        string text = notice.TagText;
        if (TryTakeNumber(ref text, 1, out int side)
            && TryTakeNumber(ref text, ushort.MaxValue, out int duration)
            && TryTakeNumber(ref text, MaxVolume, out int volume)
            && text is [.. var tag, ' ', var digit]
            && Digits.Contains(digit, StringComparison.Ordinal))
        {
            return new DigitNotice(Encoding.Latin1.GetBytes(tag), digit, volume, duration, side == 0);
        }

        return null;
    }

    /// <summary>Takes a blank and a number off the end.</summary>
    private static bool TryTakeNumber(ref string text, int max, out int number)
    {
        int blank = text.LastIndexOf(' ');
        number = 0;
        bool isNumber = blank >= 0
            && int.TryParse(text.AsSpan(blank + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= max;
        text = isNumber ? text[..blank] : text;
        return isNumber;
    }
}
