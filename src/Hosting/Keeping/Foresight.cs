using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;

namespace RtpProxy.Hosting.Keeping;

/// <summary>
/// What is known of a worker's sessions while the process before this one still writes them: each is read when there is something new
/// of it, so that little is left to be read when that process stands still.
/// </summary>
/// <remarks>
/// What is read while somebody writes may be a mixture. It is only used where the slot holds the same version in the end: since the half
/// that is written is the older one, nobody has touched it then.
/// </remarks>
internal sealed class Foresight(int worker, WorkerSlots slots, Restoration restoration)
{
    private readonly Dictionary<long, (ulong Version, SessionSnapshot Snapshot)> _seen = [];
    private ulong _seenTo; // the highest version of the last look
    private ulong _seenAll; // that of the look before: what it has or what is older was there when the last look began

    /// <summary>Reads what is new.</summary>
    /// <returns>There was something.</returns>
    public bool Look()
    {
        ulong after = _seenAll;
        _seenAll = _seenTo;
        bool isNew = false;
        foreach (FoundSlot found in slots.Find(out _, after))
        {
            _seenTo = Math.Max(_seenTo, found.Version);
            isNew |= found.Owner != ISnapshotSlots.OfWorker && TryRead(found);
        }

        return isNew;
    }

    /// <summary>What a slot holds, which nobody writes to any more, if that has been read; null else.</summary>
    public SessionSnapshot? Find(in FoundSlot slot) =>
        _seen.TryGetValue(slot.Owner, out (ulong Version, SessionSnapshot Snapshot) seen) && seen.Version == slot.Version ? seen.Snapshot : null;

    private bool TryRead(in FoundSlot found)
    {
        bool wasSeen = _seen.TryGetValue(found.Owner, out (ulong Version, SessionSnapshot Snapshot) seen);
        if (wasSeen && seen.Version == found.Version)
        {
            return false;
        }

        SessionSnapshot snapshot = wasSeen ? seen.Snapshot : new SessionSnapshot();
        bool isRead = snapshot.TryRead(slots.Read(found)) == SnapshotFault.None && snapshot.Id == new SessionId(worker, found.Owner);
        _seen[found.Owner] = (isRead ? found.Version : 0, snapshot);
        if (isRead)
        {
            restoration.Foresee(snapshot);
        }

        return true;
    }
}
