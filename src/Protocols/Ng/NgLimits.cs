namespace RtpProxy.Protocols.Ng;

/// <summary>What one message may hold (ng protocol, 2.1); the protocol itself knows no limits.</summary>
public static class NgLimits
{
    /// <summary>Longest datagram, and longest dictionary of any transport, in bytes.</summary>
    public const int MaxLength = 65_507; // 65,535 - 20 (IPv4) - 8 (UDP)

    /// <summary>Longest message of a stream, cookie and dictionary together, in bytes (1.5).</summary>
    public const int MaxStreamMessage = 65_536;

    /// <summary>Longest cookie that is answered, in bytes: as in the RTPproxy protocol.</summary>
    public const int MaxCookieLength = 1_000;

    /// <summary>Dictionaries and lists within each other, the outermost counted.</summary>
    public const int MaxDepth = 16;

    /// <summary>Values of a whole message, those of all inner lists and dictionaries counted.</summary>
    public const int MaxElements = 4_096;

    /// <summary>Longest call-id, tag, branch or label, in bytes.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Longest session description, in bytes.</summary>
    public const int MaxSdpLength = 48 * 1024;

    /// <summary>
    /// Longest reply of query and delete, in bytes: what does not fit is left out, least wanted first (7.1), so that a
    /// reply is always one datagram.
    /// </summary>
    public const int MaxReplyLength = 60_000;
}
