namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>What a re-packetiser wants done with a packet.</summary>
public enum ResizerIntake
{
    /// <summary>Audio that is re-framed.</summary>
    Taken,

    /// <summary>Nothing to re-frame (events, comfort noise, video, too long to keep): it goes on at once.</summary>
    Passes,

    /// <summary>Audio after it has been sent already: to be thrown away.</summary>
    Late,

    /// <summary>The same packet a second time: to be thrown away.</summary>
    Duplicate,
}
