namespace RtpProxy.Relay.Destinations;

/// <summary>What follows from a belief.</summary>
public static class AddressBeliefs
{
    /// <summary>The address may be a party's.</summary>
    public static bool IsBelieved(this AddressBelief belief) =>
        belief is AddressBelief.Believed or AddressBelief.OnlyFromLoopback;

    /// <summary>Why an address is not believed, to follow "which is".</summary>
    public static string Explain(this AddressBelief belief) => belief switch
    {
        AddressBelief.OwnSocket => "a control, notification or management socket of our own",
        AddressBelief.OwnPort => "a port of this session",
        AddressBelief.Circle => "a port of ours from which media would come back in a circle",
        AddressBelief.OnlyFromLoopback => "loopback, where nobody has been heard (--allow-media-to)",
        AddressBelief.Loopback => "loopback, where we do not listen (--allow-media-to)",
        AddressBelief.LinkLocal => "link-local without a link (--allow-media-to)",
        AddressBelief.Multicast => "multicast (--allow-media-to)",
        AddressBelief.Broadcast => "broadcast (--allow-media-to)",
        AddressBelief.ThisNetwork => "nobody's",
        _ => "believed",
    };
}
