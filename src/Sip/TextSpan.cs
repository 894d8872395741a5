namespace RtpProxy.Sip;

/// <summary>
/// A place in a message's text. Messages are held as Latin-1, one character for each byte, so that a position in the
/// text is also a position in the bytes.
/// </summary>
/// <param name="Start">Offset of the first character.</param>
/// <param name="Length">Number of characters; 0 is a place between two characters.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Offset behind the last character.</summary>
    public int End => Start + Length;

    public bool IsEmpty => Length == 0;

    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>The characters at this place of <paramref name="text"/>, borrowed.</summary>
    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, Length);

    /// <summary>The characters at this place of <paramref name="text"/>, as a string of its own.</summary>
    public string Copy(string text) => text.Substring(Start, Length);

    /// <summary>The same place without white space at either end; its start if there is nothing else.</summary>
    public TextSpan Trim(string text)
    {
        int start = Start;
        int end = End;
        while (start < end && SipCharacters.IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && SipCharacters.IsSpace(text[end - 1]))
        {
            end--;
        }

        return start < end ? FromBounds(start, end) : new TextSpan(Start, 0);
    }

    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;
}
