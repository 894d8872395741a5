using System.Collections;

namespace RtpProxy.Sip.Headers;

/// <summary>
/// The parameters <c>;name[=value]</c> behind a header value or in a URI, as places in the message's text. Enumerating
/// reads them one after the other; nothing is copied.
/// </summary>
/// <param name="text">The message's text.</param>
/// <param name="span">From the first semicolon to the end of the value; empty if there are no parameters.</param>
public readonly struct HeaderParameters(string text, TextSpan span) : IEnumerable<HeaderParameter>
{
    private readonly string _text = text;

    /// <summary>From the first semicolon to the end of the value.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>Finds a parameter by its name, in any letter case.</summary>
    public bool TryFind(string name, out HeaderParameter parameter)
    {
        foreach (HeaderParameter candidate in this)
        {
            if (candidate.Name.In(_text).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                parameter = candidate;
                return true;
            }
        }

        parameter = default;
        return false;
    }

    /// <summary>The value of a parameter; empty when it has none, null when it is absent.</summary>
    public string? ValueOf(string name) =>
        TryFind(name, out HeaderParameter parameter) ? parameter.Value.Copy(_text) : null;

    public bool Contains(string name) => TryFind(name, out _);

    /// <summary>
    /// True when nothing stands behind a semicolon; the grammar forbids it, and reading passes over it.
    /// </summary>
    internal bool HasEmptyParameter
    {
        get
        {
            for (int position = Span.Start; position < Span.End;)
            {
                int start = position + 1;
                position = Delimiters.Find(_text, start, Span.End, ';');
                if (TextSpan.FromBounds(start, position).Trim(_text).IsEmpty)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public IEnumerator<HeaderParameter> GetEnumerator()
    {
        int position = Span.Start;
        while (position < Span.End)
        {
            // The span begins at a semicolon, and each turn ends at one.
            int start = position + 1;
            position = Delimiters.Find(_text, start, Span.End, ';');
            TextSpan whole = TextSpan.FromBounds(start, position).Trim(_text);
            if (whole.IsEmpty)
            {
                continue;
            }

            int equals = whole.In(_text).IndexOf('=');
            TextSpan name = equals < 0 ? whole : new TextSpan(whole.Start, equals).Trim(_text);
            TextSpan value = equals < 0
                ? new TextSpan(whole.End, 0)
                : TextSpan.FromBounds(whole.Start + equals + 1, whole.End).Trim(_text);
            yield return new HeaderParameter(name, value, equals >= 0);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
