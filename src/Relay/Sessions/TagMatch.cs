namespace RtpProxy.Relay.Sessions;

/// <summary>How the tags of a command select sessions (control protocol, section 2.5).</summary>
public enum TagMatch
{
    None,

    /// <summary>The command's from-tag is the session's.</summary>
    Forward,

    /// <summary>The command's to-tag is the session's: it speaks for the other party.</summary>
    Reverse,
}
