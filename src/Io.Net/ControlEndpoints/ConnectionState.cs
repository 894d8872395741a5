namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>What a <see cref="StreamConnection"/> waits for.</summary>
internal enum ConnectionState
{
    /// <summary>Bytes of the next command.</summary>
    Reading,

    /// <summary>The reply to the command under way.</summary>
    Busy,

    /// <summary>The client to take the rest of a reply.</summary>
    Writing,

    /// <summary>The client to close its side: what it still sends is thrown away.</summary>
    Leaving,

    Closed,
}
