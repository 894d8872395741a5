using RtpProxy.Relay.Destinations;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality.Evidence;

/// <summary>Who sent to a party's port lately and was not taken for the party. Plain data.</summary>
internal struct Refusals
{
    /// <summary>Of the last datagram.</summary>
    public Endpoint Source;

    /// <summary>What is made of that address; <see cref="AddressBelief.Believed"/> where the latch refused it.</summary>
    public AddressBelief Belief;

    /// <summary>Of the first and the last datagram without a long pause between any two, and how many they are.</summary>
    public Instant Since;

    public Instant At;

    public uint Row;

    public void Note(in Endpoint source, AddressBelief belief, Instant now)
    {
        if (Row == 0 || now - At > VerdictTimes.RefusedLately)
        {
            Since = now;
            Row = 0;
        }

        Source = source;
        Belief = belief;
        At = now;
        Row += Row < uint.MaxValue ? 1u : 0;
    }

    /// <summary>Somebody goes on to send: more than a stray packet or a scanner.</summary>
    public readonly bool AreGoingOn(Instant now) =>
        Row >= VerdictTimes.RefusedPackets && At - Since >= VerdictTimes.RefusedFor && now - At <= VerdictTimes.RefusedLately;
}
