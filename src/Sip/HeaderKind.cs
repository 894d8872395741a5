namespace RtpProxy.Sip;

/// <summary>
/// The header fields that this library or a proxy looks at; all others are <see cref="Other"/> and pass as they are.
/// </summary>
public enum HeaderKind
{
    Other,
    Via,
    From,
    To,
    CallId,
    CSeq,
    MaxForwards,
    Contact,
    Route,
    RecordRoute,
    ContentLength,
    ContentType,
    ContentEncoding,
    ContentDisposition,
    Authorization,
    ProxyAuthorization,
    WwwAuthenticate,
    ProxyAuthenticate,
    Require,
    ProxyRequire,
    Supported,
    Unsupported,
    Allow,
    Expires,
    Subject,
    Event,
    ReferTo,
    SessionExpires,
    Path,
    Warning,
}
