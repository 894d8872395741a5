namespace RtpProxy.Sip;

/// <summary>
/// Header names, long and compact (RFC 3261 sections 7.3.3 and 20; RFC 6665, 3515, 4028 for later letters).
/// </summary>
public static class HeaderNames
{
    /// <summary>The kind that a name stands for, in any letter case; <see cref="HeaderKind.Other"/> if none.</summary>
    public static HeaderKind KindOf(ReadOnlySpan<char> name)
    {
        if (name.Length == 1)
        {
            return KindOfCompact(name[0]);
        }

        foreach ((string known, HeaderKind kind) in Long)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return HeaderKind.Other;
    }

    /// <summary>The long name as RFC 3261 writes it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is <see cref="HeaderKind.Other"/>.</exception>
    public static string NameOf(HeaderKind kind)
    {
        foreach ((string known, HeaderKind candidate) in Long)
        {
            if (candidate == kind)
            {
                return known;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(kind));
    }

    private static readonly (string Name, HeaderKind Kind)[] Long =
    [
        ("Via", HeaderKind.Via),
        ("From", HeaderKind.From),
        ("To", HeaderKind.To),
        ("Call-ID", HeaderKind.CallId),
        ("CSeq", HeaderKind.CSeq),
        ("Max-Forwards", HeaderKind.MaxForwards),
        ("Contact", HeaderKind.Contact),
        ("Route", HeaderKind.Route),
        ("Record-Route", HeaderKind.RecordRoute),
        ("Content-Length", HeaderKind.ContentLength),
        ("Content-Type", HeaderKind.ContentType),
        ("Content-Encoding", HeaderKind.ContentEncoding),
        ("Content-Disposition", HeaderKind.ContentDisposition),
        ("Authorization", HeaderKind.Authorization),
        ("Proxy-Authorization", HeaderKind.ProxyAuthorization),
        ("WWW-Authenticate", HeaderKind.WwwAuthenticate),
        ("Proxy-Authenticate", HeaderKind.ProxyAuthenticate),
        ("Require", HeaderKind.Require),
        ("Proxy-Require", HeaderKind.ProxyRequire),
        ("Supported", HeaderKind.Supported),
        ("Unsupported", HeaderKind.Unsupported),
        ("Allow", HeaderKind.Allow),
        ("Expires", HeaderKind.Expires),
        ("Subject", HeaderKind.Subject),
        ("Event", HeaderKind.Event),
        ("Refer-To", HeaderKind.ReferTo),
        ("Session-Expires", HeaderKind.SessionExpires),
        ("Path", HeaderKind.Path),
        ("Warning", HeaderKind.Warning),
    ];

    private static HeaderKind KindOfCompact(char letter) => char.ToLowerInvariant(letter) switch
    {
        'v' => HeaderKind.Via,
        'f' => HeaderKind.From,
        't' => HeaderKind.To,
        'i' => HeaderKind.CallId,
        'm' => HeaderKind.Contact,
        'l' => HeaderKind.ContentLength,
        'c' => HeaderKind.ContentType,
        'e' => HeaderKind.ContentEncoding,
        'k' => HeaderKind.Supported,
        's' => HeaderKind.Subject,
        'o' => HeaderKind.Event,
        'r' => HeaderKind.ReferTo,
        'x' => HeaderKind.SessionExpires,
        _ => HeaderKind.Other,
    };
}
