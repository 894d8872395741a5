using System.Net;

namespace RtpProxy.Protocols.Rtpp;

/// <summary>
/// Tells names like <c>upd:127.0.0.1:22222</c>, which nobody means as the path of a file although they could be one, and
/// what was meant.
/// </summary>
internal static class MistypedScheme
{
    private const int MaxTypos = 2;

    /// <param name="text">Begins with none of the schemes.</param>
    /// <param name="schemes">Those that are understood, without colon, the likeliest first.</param>
    /// <param name="addressScheme">The one for HOST:PORT without a scheme.</param>
    /// <param name="tellsSchemes">Where nothing is near, the sentence tells them all; else who calls does.</param>
    /// <returns>A sentence without the text itself; null if it may be a path.</returns>
    public static string? Explain(string text, IReadOnlyList<string> schemes, string addressScheme, bool tellsSchemes = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(schemes);
        if (schemes.FirstOrDefault(text.Equals) is { } bare)
        {
            return $"{bare} alone is no address, {bare}: has to be followed by one";
        }

        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return $"a number alone is no path, did you mean {addressScheme}:HOST:{text}";
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (colon < 0 && text.Contains('.', StringComparison.Ordinal) && IPAddress.TryParse(text, out _))
        {
            return $"an address needs its kind before it, did you mean {addressScheme}:{text}";
        }

        if (colon < 0 || (slash >= 0 && slash < colon))
        {
            return null;
        }

        string word = text[..colon];
        string rest = text[(colon + 1)..];
        string? meant = schemes
            .Select(scheme => (Scheme: scheme, Typos: Spelling.Distance(word.ToLowerInvariant(), scheme)))
            .Where(candidate => candidate.Typos <= Math.Min(MaxTypos, candidate.Scheme.Length - 1))
            .OrderBy(candidate => candidate.Typos)
            .FirstOrDefault().Scheme;
        if (meant is not null)
        {
            return $"there is no kind {word}:, did you mean {meant}:{rest}";
        }

        if (slash >= 0)
        {
            return null;
        }

        if (!IsHostAndPort(text) && rest.Contains(':', StringComparison.Ordinal) && IsHostAndPort(rest))
        {
            return $"there is no kind {word}:, did you mean {addressScheme}:{rest}";
        }

        return IsHostAndPort(text)
            ? $"an address needs its kind before it, did you mean {addressScheme}:{text}"
            : $"there is no kind {word}:"
                + (tellsSchemes ? $", expected one of {string.Join(' ', schemes.Select(scheme => scheme + ":"))}" : "");
    }

    /// <summary>
    /// The same for a name that may well hold colons: only what is HOST:PORT, with an address for a host, or with a word before
    /// it that is nearly <paramref name="scheme"/>.
    /// </summary>
    /// <param name="text">Does not begin with the scheme.</param>
    public static string? ExplainAddress(string text, string scheme)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(scheme);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string rest = text[(colon + 1)..];
        if (colon > 1
            && rest.Contains(':', StringComparison.Ordinal)
            && IsHostAndPort(rest)
            && Spelling.Distance(text[..colon].ToLowerInvariant(), scheme) <= MaxTypos)
        {
            return $"there is no kind {text[..colon]}:, did you mean {scheme}:{rest}";
        }

        return colon > 0 && IsHostAndPort(text) && IPAddress.TryParse(text[..text.LastIndexOf(':')], out _)
            ? $"an address needs its kind before it, did you mean {scheme}:{text}"
            : null;
    }

    private static bool IsHostAndPort(string text)
    {
        int colon = text.LastIndexOf(':');
        string host = text[..colon];
        string port = text[(colon + 1)..];
        return port.Length > 0
            && port.All(char.IsAsciiDigit)
            && (!host.Contains(':', StringComparison.Ordinal) || IPAddress.TryParse(host, out _));
    }
}
