namespace RtpProxy.Relay;

/// <summary>Why a received datagram was not relayed. Each is a counter of its own; the protocol shows their sum.</summary>
public enum DropReason
{
    /// <summary>The session is not complete: there is no second leg yet.</summary>
    SessionIncomplete,

    /// <summary>The source is not the party this port belongs to, or cannot prove to be.</summary>
    UnknownSource,

    /// <summary>The other party's address is not known, or its leg has no port.</summary>
    NoDestination,

    /// <summary>The other party's address is of another family than our port for it.</summary>
    OtherFamily,

    /// <summary>The kernel refused to send it: no way there, not permitted, not possible from this port.</summary>
    SendRefused,

    /// <summary>The kernel had no room to send it.</summary>
    SendCongested,

    /// <summary>A prompt is being played to the other party, or a digit is sent to it in the name of the party.</summary>
    PlayerActive,

    /// <summary>The session only carries a copy of another one; its own parties are not heard.</summary>
    ForkTarget,

    /// <summary>Came too late for the re-packetiser.</summary>
    ResizerLate,

    /// <summary>Came a second time to the re-packetiser.</summary>
    ResizerDuplicate,

    /// <summary>Was still queued in the re-packetiser when that was switched off or the session ended.</summary>
    ResizerFlushed,

    /// <summary>It has been here before, too often and too lately: it goes round in a circle.</summary>
    Circling,

    /// <summary>A digit that a controller wants to have for itself.</summary>
    DigitHidden,

    /// <summary>A controller keeps what the party sends, or the other party's description says that it wants nothing.</summary>
    Blocked,

    /// <summary>The port belongs to no session any more.</summary>
    NoSession,
}
