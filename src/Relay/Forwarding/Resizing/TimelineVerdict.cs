namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>What an audio packet is to the audio before it.</summary>
internal enum TimelineVerdict
{
    /// <summary>It belongs to it, in order or out of it.</summary>
    Continues,

    /// <summary>Another source, or a clock set anew: nothing that came before is compared with it.</summary>
    BeginsAnew,

    /// <summary>What comes after it was sent already.</summary>
    Late,
}
