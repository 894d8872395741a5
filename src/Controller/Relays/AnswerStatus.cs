namespace RtpProxy.Controller.Relays;

/// <summary>How a typed command ended.</summary>
public enum AnswerStatus
{
    /// <summary>The node did it; there is a value.</summary>
    Done,

    /// <summary>There is no reply; <see cref="RelayAnswer{T}.Failure"/> says why.</summary>
    NoReply,

    /// <summary>The node refused; <see cref="RelayAnswer{T}.ErrorNumber"/> says why.</summary>
    Refused,

    /// <summary>No session of these words: <c>E50</c>, and <c>0</c> to an <c>L</c>.</summary>
    UnknownSession,

    /// <summary>The reply is neither an error nor what the command asks for.</summary>
    Unintelligible,
}
