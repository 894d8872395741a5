using System.Text;

namespace RtpProxy.Sip;

/// <summary>Folded values (RFC 3261 section 7.3.1): a line end and the blanks after it stand for one blank.</summary>
internal static class Folding
{
    public static string Unfold(ReadOnlySpan<char> value)
    {
        if (value.IndexOfAny('\r', '\n') < 0)
        {
            return value.ToString();
        }

        var unfolded = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length;)
        {
            if (!SipCharacters.IsLineEnd(value[i]))
            {
                unfolded.Append(value[i++]);
                continue;
            }

            while (i < value.Length && SipCharacters.IsSpace(value[i]))
            {
                i++;
            }

            unfolded.Append(' ');
        }

        return unfolded.ToString();
    }
}
