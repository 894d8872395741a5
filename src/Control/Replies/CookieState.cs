namespace RtpProxy.Control.Replies;

/// <summary>What <see cref="ReplyCache.Begin"/> found under a cookie.</summary>
public enum CookieState
{
    /// <summary>First seen, and now noted as in progress: execute the command, then complete or abandon it.</summary>
    New,

    /// <summary>
    /// The command is still being executed. Drop the repeat: the reply is on its way, and a later repeat finds it here.
    /// </summary>
    InProgress,

    /// <summary>Answer with the stored bytes; the command is not looked at.</summary>
    Answered,
}
