namespace RtpProxy.Relay.Operations;

/// <summary>What comes first in a list of sessions; the older of two that are alike.</summary>
public enum SessionOrder
{
    /// <summary>Those in trouble, the worst and then the longest first.</summary>
    Trouble,

    Oldest,

    Newest,

    /// <summary>By Call-ID, octet by octet.</summary>
    CallId,

    /// <summary>By the loss of the worse direction, in the last interval.</summary>
    Loss,

    /// <summary>By the lower score of both directions; those without one last.</summary>
    Score,
}
