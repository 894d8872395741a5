namespace RtpProxy.Relay.Snapshots;

/// <summary>
/// The versions of a snapshot that can be read: so that calls go over from a program to the next one, which knows more. Who adds
/// something to a snapshot raises the newest, and passes it where <see cref="SnapshotPass.Version"/> is at least that; else it gets
/// the value that it has in a session that has just been made.
/// </summary>
/// <param name="Oldest">That programs which are still in use may have written.</param>
/// <param name="Newest">That is written.</param>
public readonly record struct SnapshotVersions(byte Oldest, byte Newest)
{
    public bool Has(byte version) => version >= Oldest && version <= Newest;
}
