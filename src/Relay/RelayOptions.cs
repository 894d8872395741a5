using System.Collections.Immutable;
using RtpProxy.Relay.Digits;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <summary>What the command line says about sessions and media. Immutable; replaced whole.</summary>
public sealed record RelayOptions
{
    /// <summary>Digit catchers that a daemon can have.</summary>
    public const int MaxDigitCatchers = DigitDetector.MaxWatches;

    /// <summary>How long an offer of the ng protocol waits for its answer unless <c>-W</c> says it: as rtpengine's.</summary>
    public const int UsualOfferSeconds = 3600;

    /// <summary><c>-T</c>: inactivity limit in whole seconds, at least 1.</summary>
    public int TtlSeconds { get; init; } = 60;

    /// <summary>
    /// <c>-W</c>: limit until the session is complete; defaults to <see cref="TtlSeconds"/>, for calls of the ng protocol to
    /// <see cref="UsualOfferSeconds"/>: what rings makes no sound, and may do so for minutes.
    /// </summary>
    public int? SetupTtlSeconds { get; init; }

    /// <summary><c>--silent-timeout</c>: the limit for a call of which every media line is on hold (ng protocol).</summary>
    public int SilentTtlSeconds { get; init; } = 3600;

    /// <summary>
    /// <c>--max-sessions</c>: where there are so many, on all workers together, no call begins; null for as many as there are ports.
    /// </summary>
    public int? MaxSessions { get; init; }

    /// <summary><c>-i</c>: each leg has its own timer.</summary>
    public bool IndependentTimeouts { get; init; }

    /// <summary><c>--force_asymmetric</c>, or bridging without <c>--bridge_symmetric</c>.</summary>
    public bool AsymmetricByDefault { get; init; }

    /// <summary><c>-2</c>: datagrams shorter than 128 bytes leave twice.</summary>
    public bool DoubleSmallPackets { get; init; }

    /// <summary>
    /// <c>--jitter-buffer</c>: the de-jitter buffer of the listener that quality is judged for, in whole milliseconds
    /// (media rules, section 4.5).
    /// </summary>
    public TimeSpan JitterBuffer { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary><c>-t</c>: IPv4 TOS byte; null leaves the system's default (<c>-t -1</c>).</summary>
    public byte? Tos { get; init; } = 0xB8;

    /// <summary><c>-a</c>: record every session from its creation.</summary>
    public bool RecordAll { get; init; }

    /// <summary><c>-P</c>: recordings are pcap files.</summary>
    public bool RecordPcap { get; init; }

    /// <summary><c>-R</c>: RTCP is not recorded.</summary>
    public bool SkipRtcpRecording { get; init; }

    /// <summary><c>--dtmf</c>: the digits of every party are told, heard in packets of this type; null for those that are asked for.</summary>
    public PayloadType? DigitPayloadType { get; init; }

    /// <summary>
    /// <c>--dtmf-log-dest</c>: who may be told the digits of calls (docs/ng.md, digits). The first is told those of every call
    /// that names no other; nobody else is told any.
    /// </summary>
    public ImmutableArray<Endpoint> DigitTargets { get; init; } = [];
}
