namespace RtpProxy.Relay.Snapshots;

/// <summary>What a worker knows beside its sessions and counters. Plain data.</summary>
internal struct WorkerState
{
    /// <summary>Of the session created last.</summary>
    public long LastSerial;

    public Instant NextTick;

    public ulong ReceivedAtLastTick;

    public ulong BytesAtLastTick;

    public ulong DiscardedAtLastTick;

    /// <inheritdoc cref="RelayWorker.PacketRate"/>
    public long PacketRate;

    /// <summary>The number of the tick.</summary>
    public uint Tick;

    /// <summary>Sessions from this place down have not been looked at in this tick; -1 when all have.</summary>
    public int ToAge;

    /// <summary>Of the next recorded packet.</summary>
    public ushort NextIdentification;
}
