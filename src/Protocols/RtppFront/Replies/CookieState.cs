namespace RtpProxy.Protocols.RtppFront.Replies;

/// <summary>What <see cref="ReplyCache.Begin"/> found under a cookie.</summary>
public enum CookieState
{
    /// <summary>First seen, and now noted as in progress: execute the command, then complete or abandon it.</summary>
    New,

    /// <summary>
    /// The command is still being executed: answer the repeat when it is (<see cref="ReplyCache.WhenAnswered"/>).
    /// </summary>
    InProgress,

    /// <summary>Answer with the stored bytes; the command is not looked at.</summary>
    Answered,
}
