namespace RtpProxy.Relay.Snapshots;

/// <summary>
/// The versions of a <see cref="SessionSnapshot"/>, by what came with each: it is there from that one on. Who adds something adds
/// a version, and passes it where <see cref="SnapshotPass.Version"/> is at least that.
/// </summary>
internal static class SessionVersion
{
    /// <summary>Of release 0.1.0.</summary>
    public const byte Oldest = 4;

    /// <summary>What is known of a call beside its sessions; of drops only the reasons that there were.</summary>
    public const byte Calls = 5;

    /// <summary>Digits that parties seem to press, who is told digits, packet durations toward who offers, sources that may follow.</summary>
    public const byte Dialling = 6;

    /// <summary>What was sent to each party, and the latest timestamp of RTP.</summary>
    public const byte Sending = 7;

    /// <summary>What parties were told of each other.</summary>
    public const byte Telling = 8;

    /// <summary>How much is played at most.</summary>
    public const byte Playing = 9;

    /// <summary>Whether media may be encrypted that need not be.</summary>
    public const byte Keys = 10;

    /// <summary>With which party metadata came.</summary>
    public const byte Metadata = 11;

    /// <summary>What each branch of a fork was offered, once it has answered; offers that crossed.</summary>
    public const byte Offers = 12;

    /// <summary>The one that is written.</summary>
    public const byte Newest = Offers;
}
