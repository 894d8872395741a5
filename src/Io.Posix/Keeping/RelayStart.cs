namespace RtpProxy.Io.Posix.Keeping;

/// <summary>Why a keeper has started a relay.</summary>
public enum RelayStart
{
    /// <summary>There was none before it.</summary>
    First = 0,

    /// <summary>The one before it has ended by itself.</summary>
    AfterDeath = 1,

    /// <summary>It is to take over from one that is relaying.</summary>
    Upgrade = 2,
}
