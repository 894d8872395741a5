namespace RtpProxy.Relay.Destinations;

/// <summary>What we make of an address that is said to be a party's, or that a packet came from (media rules, section 2.9).</summary>
public enum AddressBelief : byte
{
    /// <summary>Nobody has asked yet.</summary>
    Unjudged,

    /// <summary>Media may go there.</summary>
    Believed,

    /// <summary>
    /// Loopback, while our port is not on loopback alone: a program on this machine, or somebody elsewhere who wants to reach
    /// one. Media of parties on loopback goes there, and that of others once the party was heard there.
    /// </summary>
    OnlyFromLoopback,

    /// <summary>One of our own control, notification or management sockets: media would be taken for commands.</summary>
    OwnSocket,

    /// <summary>A port of the same session: media would come back.</summary>
    OwnPort,

    /// <summary>A port of another session from which media would come back.</summary>
    Circle,

    /// <summary>Loopback, and we do not listen there.</summary>
    Loopback,

    /// <summary>An address of one link, and it is not said which.</summary>
    LinkLocal,

    Multicast,

    Broadcast,

    /// <summary>0.0.0.0/8: nobody's address.</summary>
    ThisNetwork,
}
