namespace RtpProxy.Admin;

/// <summary>What the relay has counted since it started, over all workers, and what there is now.</summary>
public sealed record RelayCounters
{
    /// <summary>Sessions alive that have both ports, and that have not.</summary>
    public int SessionsComplete { get; init; }

    public int SessionsIncomplete { get; init; }

    public ulong SessionsCreated { get; init; }

    /// <summary>By <see cref="EventNotice.Reason"/>.</summary>
    public IReadOnlyDictionary<string, ulong> SessionsEnded { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Sessions alive by verdict.</summary>
    public IReadOnlyDictionary<string, int> Verdicts { get; init; } = new Dictionary<string, int>();

    /// <summary>Those of them that somebody should look at: a fax that both parties send is none. Null from relays that do not count them.</summary>
    public int? SessionsInTrouble { get; init; }

    /// <summary>Datagrams received, relayed and played; RTP and RTCP apart: <c>rtp</c>, <c>rtcp</c>.</summary>
    public IReadOnlyDictionary<string, ulong> Received { get; init; } = new Dictionary<string, ulong>();

    public IReadOnlyDictionary<string, ulong> Relayed { get; init; } = new Dictionary<string, ulong>();

    public ulong Played { get; init; }

    /// <summary>Payloads of UDP.</summary>
    public ulong BytesReceived { get; init; }

    public ulong BytesRelayed { get; init; }

    /// <summary>By the name of the reason.</summary>
    public IReadOnlyDictionary<string, ulong> Dropped { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Packets a second, in the last whole second.</summary>
    public double PacketRate { get; init; }

    public int PortsUsed { get; init; }

    public int PortsLimit { get; init; }

    /// <summary>Where there are so many sessions no call begins; null without such a limit.</summary>
    public int? SessionsLimit { get; init; }

    public IReadOnlyList<CommandCount> Commands { get; init; } = [];

    public Histogram? CommandSeconds { get; init; }

    public IReadOnlyList<WorkerFigures> Workers { get; init; } = [];

    /// <summary>Of intervals of 5 s, since the start.</summary>
    public Histogram? Scores { get; init; }

    public Histogram? LossRates { get; init; }

    public Histogram? JitterSeconds { get; init; }

    public int Recordings { get; init; }

    public ulong RecordsLost { get; init; }

    public IReadOnlyList<NoticeCount> Notices { get; init; } = [];

    /// <summary>Events lost, by consumer: <c>log</c>, <c>records</c>, <c>hep</c>, <c>admin</c> …</summary>
    public IReadOnlyDictionary<string, ulong> EventsLost { get; init; } = new Dictionary<string, ulong>();

    /// <summary>How often the watcher that the relay keeps was started again.</summary>
    public ulong WatcherRestarts { get; init; }

    public bool Draining { get; init; }
}
