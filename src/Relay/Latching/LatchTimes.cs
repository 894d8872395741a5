namespace RtpProxy.Relay.Latching;

/// <summary>How long and how often something must be seen before a latch believes it (media rules, section 2.1).</summary>
public static class LatchTimes
{
    /// <summary>Packets ahead that still count as the same stream; the analyser's own limit (media rules, section 4.2).</summary>
    public const int MaxSequenceAdvance = 536;

    /// <summary>
    /// Packets without a pause from the old source after a command that prove the new address wrong: more than a network
    /// delivers late, and back within 100 ms at the usual 20 ms a packet.
    /// </summary>
    public const int ProofPackets = 4;

    /// <summary>Packets in a row that make a new source on a host that was heard or signalled: one may be forged or stray.</summary>
    public const int HostPackets = 3;

    /// <summary>The same for another host, and for a party that takes over from one that still speaks.</summary>
    public const int StrangerPackets = 5;

    /// <summary>Packets that "goes on" takes where whole seconds must pass: half a second of speech within them.</summary>
    public const int ManyPackets = 25;

    /// <summary>Voice packets in a row without any fax between them that say the fax has not begun: 200 ms.</summary>
    public const int VoiceAgainPackets = 10;

    /// <summary>Of pauses so much counts as time in which a source was heard: who only keeps its NAT open is heard seldom.</summary>
    public const int PausesCount = 10;

    /// <summary>A source heard within this time is alive: ten packets of 20 ms, and more than one of the longest ptime in use.</summary>
    public static readonly TimeSpan Alive = TimeSpan.FromMilliseconds(200);

    /// <summary>A source that has missed five packets of 20 ms is thought to have stopped, where something else says so too.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Shorter gaps than this are jitter, whatever the packet interval.</summary>
    public static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// An SSRC heard for less than this gives no right to another host: who can forge a source address can speak so long
    /// unnoticed, a phone that changes its network has spoken longer.
    /// </summary>
    public static readonly TimeSpan Young = TimeSpan.FromMilliseconds(900);

    /// <summary>How long an SSRC must have been the only one before it has the rights of the one that it displaced.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromSeconds(30);

    /// <summary>A source heard for so long does not lose its place for good to a few packets from a better one.</summary>
    public static readonly TimeSpan Old = TimeSpan.FromSeconds(10);

    /// <summary>Who has not been heard for so long begins anew to prove itself: longer than any packet interval.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromSeconds(1);

    /// <summary>A source that another party leaves behind goes on no longer than this; then it is that party.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an old source must go on, however thinly, until a new address is held to be wrong; and how long others
    /// must go on until one datagram alone is forgotten.
    /// </summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    /// <summary>How long a command explains changes: a re-INVITE is answered and acted on within it.</summary>
    public static readonly TimeSpan Hint = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a stranger must go on, with nothing heard from the host that was signalled, where that is a public address:
    /// it should be reachable there, so it had its time to speak.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A source silent for so long may have lost its NAT binding; its host may then speak from another port.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(15);
}
