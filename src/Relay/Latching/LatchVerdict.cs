namespace RtpProxy.Relay.Latching;

/// <summary>What a latch says of one datagram.</summary>
public enum LatchVerdict : byte
{
    /// <summary>Not from the party; to be dropped.</summary>
    Refused,

    /// <summary>From the party, where it was before.</summary>
    Accepted,

    /// <summary>From the party, heard for the first time.</summary>
    Latched,

    /// <summary>From the party, which has moved here.</summary>
    Moved,

    /// <summary>From the party, whose place a stranger had taken.</summary>
    Recovered,
}
