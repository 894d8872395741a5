using RtpProxy.Relay.Forwarding.Circles;
using RtpProxy.Relay.Quality.Evidence;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Sessions;

/// <summary>What a <see cref="RelayStream"/> has counted and told. Plain data.</summary>
internal struct RelayStreamState
{
    /// <inheritdoc cref="RelayStream.Received"/>
    public ulong Received;

    /// <inheritdoc cref="RelayStream.ReceivedBytes"/>
    public ulong ReceivedBytes;

    /// <inheritdoc cref="RelayStream.Relayed"/>
    public ulong Relayed;

    /// <inheritdoc cref="RelayStream.Sent"/>
    public ulong Sent;

    /// <inheritdoc cref="RelayStream.SentBytes"/>
    public ulong SentBytes;

    /// <summary>When the first and the last datagram came.</summary>
    public Instant FirstAt;

    public Instant LastAt;

    /// <inheritdoc cref="RelayStream.FirstWallMicroseconds"/>
    public long FirstWallMicroseconds;

    /// <inheritdoc cref="RelayStream.LongestInterval"/>
    public TimeSpan LongestInterval;

    /// <inheritdoc cref="RelayStream.Repeats"/>
    public RepeatWatch Repeats;

    /// <summary>By <see cref="DropReason"/>.</summary>
    public DropCounts Drops;

    /// <inheritdoc cref="RelayStream.Moves"/>
    public uint Moves;

    /// <summary>How often it was told that packets for the party were refused, and of which address last.</summary>
    public int RefusalsTold;

    public Endpoint RefusalToldOf;

    /// <summary>When the party was settled where it is; zero before.</summary>
    public Instant SettledAt;

    /// <summary>Who else sends to our port.</summary>
    public Refusals Refusals;

    /// <summary>What becomes of packets for the party.</summary>
    public SendFaults Faults;
}
