namespace RtpProxy.Controller;

/// <summary>
/// How an operation on a call's media ended. <see cref="MediaResult.Code"/> gives the module's return code.
/// </summary>
public enum MediaOutcome
{
    /// <summary>Done, or deliberately nothing to do: 1.</summary>
    Done,

    /// <summary>Something that should have worked did not; the message is unchanged: -1.</summary>
    Failed,

    /// <summary>
    /// The message is none that the operation is for, such as a 180 without SDP; it is unchanged: -1.
    /// </summary>
    NotApplicable,

    /// <summary>The description carries the mark of a relay; the message is unchanged: -2.</summary>
    AlreadyRelayed,

    /// <summary>No node is available; the message is unchanged: -3, and -1 for all but offer and answer.</summary>
    NoRelay,
}
