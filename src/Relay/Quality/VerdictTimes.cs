namespace RtpProxy.Relay.Quality;

/// <summary>How long and how often something must be seen before a verdict says it (docs/verdicts.md).</summary>
public static class VerdictTimes
{
    /// <summary>Refused datagrams that are more than a stray packet or a scanner's.</summary>
    public const uint RefusedPackets = 5;

    /// <summary>Packets in a row that cannot be sent.</summary>
    public const uint FaultPackets = 3;

    /// <summary>Datagrams of STUN or DTLS without any RTP: their repeats are seconds apart.</summary>
    public const uint HandshakePackets = 2;

    /// <summary>Other datagrams from a party that has not sent RTP.</summary>
    public const uint OtherPackets = 3;

    /// <summary>The same from one that has: a call that becomes a fax.</summary>
    public const uint OtherPacketsAfterRtp = 10;

    /// <summary>MOS-LQ in thousandths below which, and share of lost packets above which, a party is heard badly (docs/verdicts.md).</summary>
    public const int BadScore = 3_100;

    public const double BadLoss = 0.05;

    /// <summary>After a call is set up, or a party's address, port or hold changed, it has so long to be heard.</summary>
    public static readonly TimeSpan SetUp = TimeSpan.FromSeconds(5);

    /// <summary>A party that was heard within this time speaks.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromSeconds(3);

    /// <summary>A party that was not heard for so long has stopped.</summary>
    public static readonly TimeSpan Stopped = TimeSpan.FromSeconds(5);

    /// <summary>The same for a party that saves silence: it may listen to a long story.</summary>
    public static readonly TimeSpan StoppedSaving = TimeSpan.FromSeconds(60);

    /// <summary>A party whose reports go on is there, though it does not speak: reports come every five seconds or so (RFC 3550, section 6.2).</summary>
    public static readonly TimeSpan Reports = TimeSpan.FromSeconds(15);

    /// <summary>The same for one whose reports are far apart.</summary>
    public static readonly TimeSpan ReportsAtMost = TimeSpan.FromSeconds(60);

    /// <summary>A report that says, so long after the last packet, that more were sent shows that they are lost.</summary>
    public static readonly TimeSpan ClaimLag = TimeSpan.FromSeconds(2);

    /// <summary>The first reports of a party may be about the moments in which its phone began to listen.</summary>
    public static readonly TimeSpan FirstReports = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan RefusedLately = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(1);

    /// <summary>Networks tell of packets that do not arrive once a second, and of hosts that do not answer every three (RFC 1812, 4861).</summary>
    public static readonly TimeSpan FaultLately = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan FaultFor = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan CirclingLately = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan OtherLately = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan HandshakeLately = TimeSpan.FromSeconds(10);

    /// <summary>A command so long before a party stopped, or so shortly after, may be why.</summary>
    public static readonly TimeSpan CommandBefore = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan CommandAfter = TimeSpan.FromSeconds(1);
}
