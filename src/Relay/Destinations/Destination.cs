using RtpProxy.Rtp;

namespace RtpProxy.Relay.Destinations;

/// <summary>
/// What was found out about the address that packets for a party go to. It is asked about when it changes, not for every
/// packet.
/// </summary>
/// <remarks>Owned by one worker, but for <see cref="OwnPort"/>, which all read.</remarks>
internal sealed class Destination
{
    private OwnPortAddress? _ownPort;

    /// <summary>What was judged.</summary>
    public Endpoint Address { get; private set; }

    public AddressBelief Belief { get; private set; }

    /// <summary>The addresses of ours that it was judged by.</summary>
    public OwnAddresses? JudgedBy { get; private set; }

    /// <summary>The state of the directory that it was judged by.</summary>
    public long DirectoryVersion { get; private set; }

    /// <summary>How often an address that is not believed was told.</summary>
    public int TimesTold { get; set; }

    /// <summary>The last one told.</summary>
    public Endpoint Told { get; set; }

    /// <summary>The address, while packets go there and it is one of this machine's; else null.</summary>
    public OwnPortAddress? OwnPort => Volatile.Read(ref _ownPort);

    /// <summary>Says to all workers where packets go. A full barrier: who publishes and then looks sees who did the same before.</summary>
    public void Publish(OwnPortAddress? address) => Interlocked.Exchange(ref _ownPort, address);

    public void Keep(in Endpoint address, AddressBelief belief, OwnAddresses judgedBy, long directoryVersion)
    {
        Address = address;
        Belief = belief;
        JudgedBy = judgedBy;
        DirectoryVersion = directoryVersion;
    }

    /// <summary>A port of the session changed: what was found out may be wrong now.</summary>
    public void Forget() => Belief = AddressBelief.Unjudged;
}
