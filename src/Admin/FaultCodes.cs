namespace RtpProxy.Admin;

/// <summary>What <see cref="AdminFault.Code"/> can be.</summary>
public static class FaultCodes
{
    /// <summary>The line is not a JSON object of docs/admin.md.</summary>
    public const string Malformed = "malformed";

    /// <summary>The object asks for something that is not known.</summary>
    public const string UnknownRequest = "unknown-request";

    /// <summary>A member has a value that it cannot have.</summary>
    public const string BadValue = "bad-value";

    /// <summary>The line is longer than <see cref="AdminWords.MaxRequestLength"/>.</summary>
    public const string TooLong = "too-long";

    /// <summary>There are as many clients as may be; the connection ends.</summary>
    public const string Busy = "busy";

    /// <summary>The relay is ending.</summary>
    public const string Stopping = "stopping";
}
