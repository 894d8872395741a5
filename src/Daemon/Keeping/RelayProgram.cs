namespace RtpProxy.Daemon.Keeping;

/// <summary>Which program a relay is started of.</summary>
internal enum RelayProgram
{
    /// <summary>The one that is at the path now, with the configuration that there is now.</summary>
    Installed,

    /// <summary>That of the relay that relayed last, whatever has been installed over it since: it can read what that one wrote. With
    /// the configuration that that one has read.</summary>
    Same,
}
