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

    /// <summary>Nothing keeps the relay (<c>--keep</c>): there is nobody who could start a new version beside it.</summary>
    public const string NotKept = "not-kept";

    /// <summary>The new version has not taken over; the relay goes on as it was.</summary>
    public const string NotUpgraded = "not-upgraded";

    /// <summary>The relay is ending.</summary>
    public const string Stopping = "stopping";
}
