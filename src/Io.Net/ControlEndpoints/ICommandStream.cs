namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>The commands of one connection.</summary>
/// <remarks>Owned by the connection: one command at a time, and the next when the reply to the last one has been given.</remarks>
public interface ICommandStream
{
    /// <summary>Starts a command; its reply may be there before this returns.</summary>
    /// <param name="command">Without the LF that ended it. Borrowed for the call.</param>
    /// <returns>False if nothing else may come on this connection: it ends with the reply.</returns>
    bool OnCommand(ReadOnlySpan<byte> command, IReplyTarget target);
}
