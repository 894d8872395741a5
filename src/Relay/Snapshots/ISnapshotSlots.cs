namespace RtpProxy.Relay.Snapshots;

/// <summary>Where what one worker knows is put down for the process after this one: a slot for each session, and one for the worker.</summary>
/// <remarks>Owned by the worker's thread; never blocks.</remarks>
public interface ISnapshotSlots
{
    /// <summary>No slot.</summary>
    const int Nowhere = -1;

    /// <summary>The owner of the worker's own slot; sessions own theirs by their serial numbers.</summary>
    const long OfWorker = -1;

    /// <summary>The session that is worked on, by its serial number, in case the process dies of it; 0 for none. Set for every packet.</summary>
    long UnderWay { set; }

    /// <summary>Room for the next version of what a slot holds; what it holds stays valid until <see cref="End"/>.</summary>
    /// <param name="place">As <see cref="End"/> gave it; <see cref="Nowhere"/> for the first version.</param>
    /// <param name="atLeast">Bytes that are needed.</param>
    /// <returns>Empty when there is no room.</returns>
    Span<byte> Begin(int place, long owner, int atLeast);

    /// <summary>What has been written into the room holds from now on.</summary>
    /// <returns>Its place from now on.</returns>
    int End(int length);

    /// <summary>The owner is gone.</summary>
    void Free(int place);
}
