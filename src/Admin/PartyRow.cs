namespace RtpProxy.Admin;

/// <summary>A party in a list of sessions.</summary>
public sealed record PartyRow
{
    /// <summary>Where it was heard, or else signalled; absent if neither.</summary>
    public string? Address { get; init; }

    /// <summary>Datagrams from it.</summary>
    public ulong Packets { get; init; }

    /// <summary>Since the last one; absent before the first.</summary>
    public double? SilentSeconds { get; init; }

    /// <summary>Name or number of the payload type it sends.</summary>
    public string? Codec { get; init; }

    /// <summary>Of the last interval, 0 to 1.</summary>
    public double? LossRate { get; init; }

    public double? JitterMilliseconds { get; init; }

    /// <summary>MOS-LQ of the last interval, else of the whole stream.</summary>
    public double? Score { get; init; }
}
