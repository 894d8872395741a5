namespace RtpProxy.Admin;

/// <summary>A party of a session in full. Addresses are <c>192.0.2.1:5004</c> or <c>[2001:db8::1]:5004</c>.</summary>
public sealed record PartyDetail
{
    /// <summary>Our address that its port is bound to.</summary>
    public required string Local { get; init; }

    /// <summary>What the party was told instead; absent if the same.</summary>
    public string? Advertised { get; init; }

    /// <summary>Our RTP port for it; 0 while there is none.</summary>
    public int Port { get; init; }

    public string? Signalled { get; init; }

    /// <summary><c>offer</c> or <c>answer</c>.</summary>
    public string? SignalledBy { get; init; }

    public DateTimeOffset? SignalledAt { get; init; }

    /// <summary>Where it was heard.</summary>
    public string? Learned { get; init; }

    public DateTimeOffset? LearnedAt { get; init; }

    /// <summary>How often it was settled elsewhere than before.</summary>
    public uint Moves { get; init; }

    /// <summary>Where packets for it go.</summary>
    public string? SendingTo { get; init; }

    /// <summary>RTP packets sent to it.</summary>
    public ulong Sent { get; init; }

    public double? SilentSeconds { get; init; }

    public ulong Relayed { get; init; }

    public ulong Dropped { get; init; }

    public ulong ControlPackets { get; init; }

    public string? ControlLearned { get; init; }

    /// <summary>What came to its port before the call was answered.</summary>
    public EarlyDetail? Early { get; init; }

    /// <summary>Who sends to its port and is not taken for it.</summary>
    public RefusedDetail? Refused { get; init; }

    /// <summary>Packets for it that the system does not take.</summary>
    public SendFaultDetail? SendFault { get; init; }

    /// <summary>What it sends that is not RTP: <c>stun</c>, <c>dtls</c>, <c>fax</c>, <c>rtcp</c>, <c>unknown</c>; absent if all is RTP.</summary>
    public string? Look { get; init; }

    public bool OnHold { get; init; }

    public bool HearsPrompt { get; init; }

    public bool Recorded { get; init; }

    /// <summary>One sentence about this party.</summary>
    public required string Sentence { get; init; }

    public required StreamFigures Figures { get; init; }

    /// <summary>How it receives, by its own RTCP.</summary>
    public ReportedDetail? Reported { get; init; }

    /// <summary>Oldest first, at most 64.</summary>
    public IReadOnlyList<IntervalPoint> History { get; init; } = [];
}
