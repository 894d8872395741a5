namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>What a re-packetiser did with a packet.</summary>
public enum ResizerIntake
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>Audio after it has been sent already: thrown away.</summary>
    Late,

    /// <summary>Nothing to re-frame (events, comfort noise, video, too long to keep): it goes on as it is.</summary>
    NotAudio,
}
