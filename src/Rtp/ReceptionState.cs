namespace RtpProxy.Rtp;

/// <summary>
/// All that the analyser knows of a received stream, but for the jitter of sources that are not heard now
/// (<see cref="ReceptionStatistics"/>).
/// </summary>
/// <remarks>
/// Plain data without references or padding that means anything, so that whoever sees the packets can go on with the same
/// bytes. All zero is a stream of which nothing was received.
/// </remarks>
internal struct ReceptionState
{
    /// <summary>The sources whose jitter is kept.</summary>
    public const int MaxSources = 10;

    public ReceptionFlags Flags;

    /// <summary>Of the latest packet, as the three that follow; meaningful with <see cref="ReceptionFlags.HasPacket"/>.</summary>
    public PayloadType LastPayloadType;

    public SequenceNumber LastSequence;

    public Ssrc LastSsrc;

    public uint LastTimestamp;

    /// <summary>Lowest and highest extended sequence number of the open run.</summary>
    public uint Minimum;

    public uint Maximum;

    /// <summary>65,536 times the wraps seen so far by the stream, earlier runs included.</summary>
    public uint Offset;

    /// <summary>Different packets of the open run, and those that came again.</summary>
    public uint RunCount;

    public uint RunDuplicates;

    /// <summary>Different packets that came after one with a higher number of their run; of all runs.</summary>
    public uint OutOfOrder;

    /// <summary>The one number that counts as received although it was not; meaningful with <see cref="ReceptionFlags.HasEcho"/>.</summary>
    public uint Echo;

    /// <summary>Of the runs before.</summary>
    public uint ClosedSent;

    public uint ClosedReceived;

    public uint ClosedDuplicates;

    /// <summary>Changes of the source, the first one seen included.</summary>
    public uint SsrcChanges;

    /// <summary>Datagrams that were not RTP.</summary>
    public uint ParseErrors;

    /// <summary>Sources whose jitter is known, at most <see cref="MaxSources"/>.</summary>
    public byte Sources;

    /// <summary>Which of them <see cref="Jitter"/> is of, in the order in which they appeared.</summary>
    public byte Present;

    /// <summary>Of the sources that were forgotten: packets that could be compared, sum and largest value of their jitter.</summary>
    public uint ForgottenSteps;

    public double ForgottenTotal;

    public double ForgottenMaximum;

    /// <summary>Of the source that is heard now.</summary>
    public JitterState Jitter;

    /// <summary>Which numbers up to <see cref="Maximum"/> were received.</summary>
    public SequenceWindow Window;

    public readonly SequenceRun CurrentRun => new(Minimum, Maximum, Offset, RunCount, RunDuplicates);

    public readonly bool Has(ReceptionFlags flag) => (Flags & flag) != 0;
}
