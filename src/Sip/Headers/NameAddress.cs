using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Sip.Headers;

/// <summary>
/// <c>["Display Name"] &lt;uri&gt;;parameters</c> or <c>uri;parameters</c>, as in From, To, Contact, Route and
/// Record-Route (RFC 3261 section 20.10).
/// </summary>
public sealed class NameAddress
{
    private readonly string _text;

    private NameAddress(string text, TextSpan span, TextSpan displayName, TextSpan uri, HeaderParameters parameters)
    {
        _text = text;
        Span = span;
        DisplayName = displayName;
        UriSpan = uri;
        Parameters = parameters;
    }

    /// <summary>The whole value, without the commas around it.</summary>
    public TextSpan Span { get; }

    /// <summary>The display name as written, quotes included; empty if none.</summary>
    public TextSpan DisplayName { get; }

    /// <summary>The URI without angle brackets.</summary>
    public TextSpan UriSpan { get; }

    /// <summary>The URI without angle brackets.</summary>
    public string Uri => UriSpan.Copy(_text);

    /// <summary>The parameters of the header value, not those of the URI.</summary>
    public HeaderParameters Parameters { get; }

    /// <summary>The dialog tag; null when there is none or it is empty.</summary>
    public string? Tag => Parameters.ValueOf("tag") is { Length: > 0 } tag ? tag : null;

    public static bool TryParse(
        string text, TextSpan value, [NotNullWhen(true)] out NameAddress? address, out ParseError error)
    {
        address = null;
        if (!CheckQuotes(text, value, out error))
        {
            return false;
        }

        int open = FindOpenBracket(text, value);
        TextSpan uri;
        int parametersStart;
        TextSpan displayName;
        if (open >= 0)
        {
            int close = text.AsSpan(open, value.End - open).IndexOf('>');
            if (close < 0)
            {
                return Fail(value.End, "'>' after the URI", out error);
            }

            displayName = TextSpan.FromBounds(value.Start, open).Trim(text);
            uri = TextSpan.FromBounds(open + 1, open + close).Trim(text);
            parametersStart = open + close + 1;
            while (parametersStart < value.End && SipCharacters.IsSpace(text[parametersStart]))
            {
                parametersStart++;
            }
        }
        else
        {
            // Without brackets a semicolon ends the URI (RFC 3261 section 20.10).
            parametersStart = Delimiters.Find(text, value.Start, value.End, ';');
            displayName = new TextSpan(value.Start, 0);
            uri = TextSpan.FromBounds(value.Start, parametersStart).Trim(text);
        }

        if (uri.IsEmpty)
        {
            return Fail(uri.Start, "a URI", out error);
        }

        if (open < 0 && uri.In(text).IndexOfAny(" \t\r\n\"") >= 0)
        {
            return Fail(uri.Start, "a URI without blanks, or one in angle brackets", out error);
        }

        if (parametersStart < value.End && text[parametersStart] != ';')
        {
            return Fail(parametersStart, "';' or the end of the value", out error);
        }

        var parameters = new HeaderParameters(text, TextSpan.FromBounds(parametersStart, value.End));
        address = new NameAddress(text, value, displayName, uri, parameters);
        return true;
    }

    public override string ToString() => Span.Copy(_text);

    private static bool CheckQuotes(string text, TextSpan value, out ParseError error)
    {
        bool bracketed = false;
        for (int i = value.Start; i < value.End; i++)
        {
            if (text[i] == '"' && !bracketed)
            {
                if (!Delimiters.IsClosedQuote(text, i, value.End))
                {
                    return Fail(i, "a closing quote for this one", out error);
                }

                i = Delimiters.FindQuoteEnd(text, i, value.End) - 1;
            }
            else
            {
                bracketed = text[i] == '<' || (bracketed && text[i] != '>');
            }
        }

        error = default;
        return true;
    }

    private static int FindOpenBracket(string text, TextSpan value)
    {
        int open = Delimiters.Find(text, value.Start, value.End, '<');
        return open < value.End ? open : -1;
    }

    private static bool Fail(int offset, string expected, out ParseError error)
    {
        error = new ParseError(offset, expected);
        return false;
    }
}
