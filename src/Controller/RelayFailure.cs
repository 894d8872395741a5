namespace RtpProxy.Controller;

/// <summary>Why a command has no reply.</summary>
public enum RelayFailure
{
    /// <summary>There is a reply; it may still be an error reply.</summary>
    None,

    /// <summary>Nothing came back after all transmissions within the node's timeout.</summary>
    NoReply,

    /// <summary>The node could not be reached, or the connection was lost before the reply.</summary>
    Unreachable,

    /// <summary>The node is disabled, or its circuit is open; nothing was sent.</summary>
    Disabled,

    /// <summary>
    /// The command cannot be written: a token holds a separator or a NUL, or is empty. Nothing was sent; the node is
    /// not at fault.
    /// </summary>
    Unwritable,

    /// <summary>Too many commands already await replies of this node. Nothing was sent; the node is not at fault.</summary>
    Busy,
}
