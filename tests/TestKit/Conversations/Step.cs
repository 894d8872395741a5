namespace RtpProxy.TestKit.Conversations;

/// <summary>One thing that happens in a conversation.</summary>
/// <param name="Line">Its line in the file, counted from 1.</param>
public abstract record Step(int Line)
{
    /// <summary>A request and what is expected back.</summary>
    /// <param name="Request">The bytes of <c>&gt;</c>: a command without line end and cookie, or raw bytes.</param>
    /// <param name="Reply">Null for <c>silence</c>: nothing comes back.</param>
    public sealed record Exchange(int Line, byte[] Request, ReplyPattern? Reply) : Step(Line);

    /// <summary><c>wait 2.3s</c>: time passes.</summary>
    public sealed record Wait(int Line, TimeSpan Time) : Step(Line);

    /// <summary><c>signal HUP</c>: the daemon gets a signal, named without SIG.</summary>
    public sealed record Signal(int Line, string Name) : Step(Line);

    /// <summary><c>connect</c>: a new connection for the requests that follow; the one before is closed.</summary>
    public sealed record Connect(int Line) : Step(Line);

    /// <summary><c>open</c>: the daemon has not closed the connection.</summary>
    public sealed record Open(int Line) : Step(Line);

    /// <summary><c>closed</c>: the daemon has closed the connection.</summary>
    public sealed record Closed(int Line) : Step(Line);

    /// <summary><c>exit 0</c>: the daemon ends by itself with this status.</summary>
    public sealed record Exit(int Line, int Status) : Step(Line);
}
