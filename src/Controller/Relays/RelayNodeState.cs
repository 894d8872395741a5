namespace RtpProxy.Controller.Relays;

/// <summary>Whether a node gets calls.</summary>
internal enum RelayNodeState
{
    /// <summary>New: to be probed before its first call.</summary>
    Unprobed,

    /// <summary>It gets calls.</summary>
    Enabled,

    /// <summary>It failed; it is probed again when the recheck time has come.</summary>
    Disabled,

    /// <summary>Disabled by hand or by configuration: never probed.</summary>
    SwitchedOff,
}
