using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality.Evidence;

/// <summary>What is known of packets for a party that do not get there. Plain data.</summary>
internal struct SendFaults
{
    /// <summary>Where they should go.</summary>
    public Endpoint To;

    /// <summary>Of the last one.</summary>
    public SendOutcome Outcome;

    /// <summary>
    /// The network told it afterwards (ICMP), while the system took the packet: then what is taken later proves nothing, and the
    /// fault ends when nothing is told any more.
    /// </summary>
    public bool IsTold;

    /// <summary>Of the first and the last one in a row, and how many they are; no row, no fault.</summary>
    public Instant Since;

    public Instant At;

    public uint Row;

    /// <summary>The system did not take a packet.</summary>
    public void OnRefused(in Endpoint to, SendOutcome outcome, Instant now)
    {
        if (!IsTold || To != to)
        {
            Note(to, outcome, isTold: false, now);
        }
    }

    /// <summary>The network tells what became of one.</summary>
    public void OnTold(in Endpoint to, SendOutcome outcome, Instant now) => Note(to, outcome, isTold: true, now);

    /// <summary>The system took a packet.</summary>
    public void OnSent()
    {
        if (Row > 0 && !IsTold)
        {
            this = default;
        }
    }

    /// <summary>There is a fault in sending to this address now.</summary>
    public readonly bool IsPresent(in Endpoint remote, Instant now) =>
        Row > 0 && To == remote && now - At <= VerdictTimes.FaultLately;

    /// <summary>And it is more than that of a moment: a party that hangs up closes its port before we are told.</summary>
    public readonly bool IsLasting(in Endpoint remote, Instant now) =>
        IsPresent(remote, now) && Row >= VerdictTimes.FaultPackets && At - Since >= VerdictTimes.FaultFor;

    private void Note(in Endpoint to, SendOutcome outcome, bool isTold, Instant now)
    {
        if (Row == 0 || To != to || now - At > VerdictTimes.FaultLately)
        {
            Since = now;
            Row = 0;
        }

        To = to;
        Outcome = outcome;
        IsTold = isTold;
        At = now;
        Row += Row < uint.MaxValue ? 1u : 0;
    }
}
