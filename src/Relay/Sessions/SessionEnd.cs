namespace RtpProxy.Relay.Sessions;

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    /// <summary>A command that named it: <c>D</c> of the RTPproxy protocol.</summary>
    Deleted,

    /// <summary>A command that ends all sessions: <c>X</c>.</summary>
    AllDeleted,

    /// <summary>Nothing was heard of it for too long.</summary>
    TimedOut,

    /// <summary>The program ended before it.</summary>
    Shutdown,
}
