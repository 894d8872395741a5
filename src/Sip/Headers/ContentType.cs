using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Sip.Headers;

/// <summary>
/// <c>application/sdp;parameter=value</c> (RFC 3261 section 20.15); blanks around the slash are allowed.
/// </summary>
public sealed class ContentType
{
    private ContentType(string type, string subtype, HeaderParameters parameters)
    {
        Type = type;
        Subtype = subtype;
        Parameters = parameters;
    }

    public string Type { get; }

    public string Subtype { get; }

    public HeaderParameters Parameters { get; }

    /// <summary>The boundary of a multipart body without its quotes; null when there is none.</summary>
    public string? Boundary => Parameters.ValueOf("boundary") is { } value && value.Trim('"') is { Length: > 0 } boundary
        ? boundary
        : null;

    /// <summary>True when type and subtype are these, in any letter case.</summary>
    public bool Is(string type, string subtype) =>
        Type.Equals(type, StringComparison.OrdinalIgnoreCase)
        && Subtype.Equals(subtype, StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(
        string text, TextSpan value, [NotNullWhen(true)] out ContentType? contentType, out ParseError error)
    {
        contentType = null;
        int end = Delimiters.Find(text, value.Start, value.End, ';');
        var whole = TextSpan.FromBounds(value.Start, end);
        int slash = whole.In(text).IndexOf('/');
        if (slash < 0)
        {
            error = new ParseError(value.Start, "type/subtype");
            return false;
        }

        TextSpan type = new TextSpan(value.Start, slash).Trim(text);
        TextSpan subtype = TextSpan.FromBounds(value.Start + slash + 1, end).Trim(text);
        if (!SipCharacters.IsToken(type.In(text)) || !SipCharacters.IsToken(subtype.In(text)))
        {
            error = new ParseError(value.Start, "type/subtype, each a token");
            return false;
        }

        var parameters = new HeaderParameters(text, TextSpan.FromBounds(end, value.End));
        contentType = new ContentType(type.Copy(text), subtype.Copy(text), parameters);
        error = default;
        return true;
    }
}
