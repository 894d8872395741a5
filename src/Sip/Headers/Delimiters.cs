namespace RtpProxy.Sip.Headers;

/// <summary>Searches that skip quoted strings and angle brackets (RFC 3261 section 25.1).</summary>
internal static class Delimiters
{
    /// <summary>
    /// Offset of the first <paramref name="delimiter"/> outside quotes and brackets, or <paramref name="end"/>.
    /// </summary>
    public static int Find(string text, int start, int end, char delimiter)
    {
        bool bracketed = false;
        for (int i = start; i < end; i++)
        {
            char c = text[i];
            if (c == delimiter && !bracketed)
            {
                return i;
            }

            switch (c)
            {
                case '"' when !bracketed:
                    i = FindQuoteEnd(text, i, end) - 1;
                    break;
                case '<':
                    bracketed = true;
                    break;
                case '>':
                    bracketed = false;
                    break;
                default:
                    break;
            }
        }

        return end;
    }

    /// <summary>
    /// Offset behind the quote that closes the one at <paramref name="open"/>, or <paramref name="end"/> if none does.
    /// </summary>
    public static int FindQuoteEnd(string text, int open, int end)
    {
        for (int i = open + 1; i < end; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i + 1;
            }
        }

        return end;
    }

    /// <summary>True when a quote that opens at <paramref name="open"/> closes before <paramref name="end"/>.</summary>
    public static bool IsClosedQuote(string text, int open, int end)
    {
        int behind = FindQuoteEnd(text, open, end);
        if (behind - open < 2 || text[behind - 1] != '"')
        {
            return false;
        }

        // The last quote may itself be escaped: "abc\" stays open.
        int backslashes = 0;
        for (int i = behind - 2; i > open && text[i] == '\\'; i--)
        {
            backslashes++;
        }

        return backslashes % 2 == 0;
    }
}
