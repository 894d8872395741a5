using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>
/// Reads the items of the string <c>rtpp-flags</c> (ng protocol, 2.5): words and <c>key=value</c>, separated by blanks; a value
/// in brackets is a dictionary if its first element has an equals sign, else a list. Everything is readable: an unclosed
/// bracket is closed by the end of the string.
/// </summary>
internal ref struct FlagStringReader(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;
    private int _elements;

    /// <summary>The next item.</summary>
    /// <param name="word">A word, or the key in front of the equals sign.</param>
    /// <param name="value">Of kind <see cref="NgValueKind.None"/> for a word.</param>
    /// <returns>False at the end, and beyond the number of elements that a message may have.</returns>
    public bool TryRead(out ReadOnlySpan<char> word, out NgValue value)
    {
        value = default;
        SkipBlanks();
        word = Take(" =");
        if (_position == _text.Length && word.IsEmpty || ++_elements > NgLimits.MaxElements)
        {
            return false;
        }

        if (IsNext('='))
        {
            _position++;
            value = IsNext('[') ? ReadBrackets(depth: 1) : new NgValue(Take(" ").ToString());
        }

        return true;
    }

    private NgValue ReadBrackets(int depth)
    {
        _position++;
        var entries = new List<NgEntry>();
        bool? isDictionary = null;
        while (++_elements <= NgLimits.MaxElements)
        {
            SkipBlanks();
            if (_position == _text.Length || IsNext(']'))
            {
                break;
            }

            ReadElement(depth, entries, ref isDictionary);
        }

        _position = Math.Min(_position + 1, _text.Length);
        return isDictionary == true
            ? new NgValue(new NgDictionary([.. entries]))
            : new NgValue([.. entries.Select(entry => entry.Value)]);
    }

    private void ReadElement(int depth, List<NgEntry> entries, ref bool? isDictionary)
    {
        if (CanOpen(depth))
        {
            isDictionary ??= false;
            entries.Add(new NgEntry(string.Empty, ReadBrackets(depth + 1)));
            return;
        }

        int start = _position;
        string key = Take(" ]=").ToString();
        bool hasValue = IsNext('=');
        isDictionary ??= hasValue;
        if (isDictionary == true && hasValue)
        {
            _position++;
            entries.Add(new NgEntry(key, CanOpen(depth) ? ReadBrackets(depth + 1) : new NgValue(Take(" ]").ToString())));
        }
        else if (isDictionary == false)
        {
            Take(" ]");
            entries.Add(new NgEntry(string.Empty, new NgValue(_text[start.._position].ToString())));
        }
    }

    // A bracket that would be too deep is text like any other.
    private readonly bool CanOpen(int depth) => IsNext('[') && depth < NgLimits.MaxDepth;

    private readonly bool IsNext(char character) => _position < _text.Length && _text[_position] == character;

    private void SkipBlanks()
    {
        while (IsNext(' '))
        {
            _position++;
        }
    }

    // Up to one of the characters, or the end.
    private ReadOnlySpan<char> Take(ReadOnlySpan<char> ends)
    {
        ReadOnlySpan<char> rest = _text[_position..];
        int length = rest.IndexOfAny(ends);
        rest = length < 0 ? rest : rest[..length];
        _position += rest.Length;
        return rest;
    }
}
