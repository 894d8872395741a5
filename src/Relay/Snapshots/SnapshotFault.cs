namespace RtpProxy.Relay.Snapshots;

/// <summary>Why a snapshot was not written or read.</summary>
public enum SnapshotFault
{
    /// <summary>It was.</summary>
    None,

    /// <summary>It does not fit into the room that was given for it.</summary>
    NoRoom,

    /// <summary>It ends too early.</summary>
    Cut,

    /// <summary>It is of another version, or of something else.</summary>
    OtherVersion,

    /// <summary>It holds a value that cannot be, or a length beyond its bound.</summary>
    OutOfRange,

    /// <summary>Something follows it.</summary>
    TooLong,
}
