using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace RtpProxy.Daemon.Configuration;

/// <summary>
/// Reads the part of UCL (the superset of JSON with nginx's looks) that configuration files here use: sections, lists,
/// quoted and bare values, <c>=</c>, <c>:</c> or a blank between key and value, comments. Macros (<c>.include</c>) and
/// variables are not part of it.
/// </summary>
/// <remarks>Lives while one text is read; not thread-safe.</remarks>
internal sealed class UclReader
{
    private const int MaxDepth = 32;
    private const char End = '\0';

    private readonly string _text;
    private int _at;

    private UclReader(string text) => _text = text;

    /// <param name="fault">Line and reason; null exactly when there is a section.</param>
    /// <returns>The top level; null for a text that is empty or not understood.</returns>
    public static UclSection? Read(string text, out string? fault)
    {
        UclReader reader = new(text);
        try
        {
            fault = null;
            return reader.ReadFile();
        }
        catch (FormatException e)
        {
            // Thrown below only: a file that the operator wrote is read once, so an exception is the shortest way out.
            int line = 1 + text.AsSpan(0, Math.Min(reader._at, text.Length)).Count('\n');
            fault = string.Create(CultureInfo.InvariantCulture, $"line {line}: {e.Message}");
            return null;
        }
    }

    private char Current => _at < _text.Length ? _text[_at] : End;

    private UclSection ReadFile()
    {
        SkipBlank();
        bool isBraced = Current == '{';
        if (isBraced)
        {
            _at++;
        }

        UclSection section = ReadMembers(isBraced ? '}' : End, depth: 0);
        SkipBlank();
        if (_at < _text.Length)
        {
            throw new FormatException("text behind the last brace");
        }

        return section.Members.IsEmpty ? throw new FormatException("there is nothing in it") : section;
    }

    private UclSection ReadMembers(char closing, int depth)
    {
        ImmutableArray<KeyValuePair<string, UclValue>>.Builder members =
            ImmutableArray.CreateBuilder<KeyValuePair<string, UclValue>>();
        while (true)
        {
            SkipSeparators();
            if (_at >= _text.Length)
            {
                return closing == End ? new(members.ToImmutable()) : throw new FormatException("a closing brace is missing");
            }

            if (Current == closing)
            {
                _at++;
                return new(members.ToImmutable());
            }

            string key = ReadKey();
            members.Add(new(key, ReadAfterKey(depth)));
        }
    }

    private string ReadKey()
    {
        if (Current is '"' or '\'')
        {
            return ReadQuoted();
        }

        int start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '-' or '/')
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw new FormatException($"expected a key, not '{Current}'");
    }

    private UclValue ReadAfterKey(int depth)
    {
        SkipBlank();
        if (Current is '=' or ':')
        {
            _at++;
            SkipBlank();
            return ReadValue(depth);
        }

        if (Current is '{' or '[')
        {
            return ReadValue(depth);
        }

        // Either "key value" or "section name {", which is a section within a section.
        int start = _at;
        if (Current is '"' or '\'' || char.IsAsciiLetterOrDigit(Current))
        {
            string name = ReadKey();
            SkipBlank();
            if (Current == '{')
            {
                return new UclSection([new(name, ReadValue(depth))]);
            }
        }

        _at = start;
        return ReadValue(depth);
    }

    private UclValue ReadValue(int depth)
    {
        if (depth >= MaxDepth)
        {
            throw new FormatException("sections are nested too deeply");
        }

        switch (Current)
        {
            case '{':
                _at++;
                return ReadMembers('}', depth + 1);
            case '[':
                _at++;
                return ReadList(depth + 1);
            case '"' or '\'':
                return new UclScalar(ReadQuoted(), IsQuoted: true);
            default:
                return ReadBare();
        }
    }

    private UclList ReadList(int depth)
    {
        ImmutableArray<UclValue>.Builder items = ImmutableArray.CreateBuilder<UclValue>();
        while (true)
        {
            SkipSeparators();
            if (_at >= _text.Length)
            {
                throw new FormatException("a closing bracket is missing");
            }

            if (Current == ']')
            {
                _at++;
                return new(items.ToImmutable());
            }

            items.Add(ReadValue(depth));
        }
    }

    private UclScalar ReadBare()
    {
        int start = _at;
        while (_at < _text.Length && Current is not (',' or ';' or '\n' or '}' or ']' or '{' or '[' or '"' or '#'))
        {
            _at++;
        }

        string value = _text[start.._at].Trim();
        return value.Length > 0 ? new(value, IsQuoted: false) : throw new FormatException("expected a value");
    }

    private string ReadQuoted()
    {
        char quote = Current;
        StringBuilder value = new();
        for (_at++; Current != quote; _at++)
        {
            if (_at >= _text.Length)
            {
                throw new FormatException("a closing quotation mark is missing");
            }

            if (Current == '\\' && quote == '"')
            {
                _at++;
                value.Append(ReadEscape());
            }
            else
            {
                value.Append(Current);
            }
        }

        _at++;
        return value.ToString();
    }

    private char ReadEscape()
    {
        const int UnicodeDigits = 4;
        switch (Current)
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _at + UnicodeDigits < _text.Length
                && ushort.TryParse(
                    _text.AsSpan(_at + 1, UnicodeDigits),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out ushort unit):
                _at += UnicodeDigits;
                return (char)unit;
            default:
                return Current;
        }
    }

    private void SkipSeparators()
    {
        SkipBlank();
        while (Current is ',' or ';')
        {
            _at++;
            SkipBlank();
        }
    }

    private void SkipBlank()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(Current))
            {
                _at++;
            }
            else if (Current == '#')
            {
                int end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else if (Current == '/' && _at + 1 < _text.Length && _text[_at + 1] == '*')
            {
                SkipComment();
            }
            else
            {
                return;
            }
        }
    }

    // Comments nest, so that a commented section may be commented out.
    private void SkipComment()
    {
        int depth = 0;
        do
        {
            ReadOnlySpan<char> left = _text.AsSpan(_at);
            int change = left.StartsWith("/*") ? 1 : left.StartsWith("*/") ? -1 : 0;
            depth += change;
            _at += change == 0 ? 1 : 2;
            if (_at >= _text.Length && depth > 0)
            {
                throw new FormatException("a comment is not closed");
            }
        }
        while (depth > 0);
    }
}
