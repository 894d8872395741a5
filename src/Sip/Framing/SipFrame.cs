namespace RtpProxy.Sip.Framing;

/// <summary>What was cut out of a byte stream.</summary>
public enum SipFrame
{
    /// <summary>Nothing yet: more bytes are needed.</summary>
    Incomplete,

    /// <summary>One whole message.</summary>
    Message,

    /// <summary>
    /// A double CR LF between messages: a keep-alive that is answered by one CR LF (RFC 5626 section 4.4.1).
    /// </summary>
    KeepAlive,

    /// <summary>The stream cannot be cut any more; the connection is to be closed.</summary>
    Broken,
}
