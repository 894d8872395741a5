namespace RtpProxy.Controller.Sdp;

/// <summary>Whether a message carries session descriptions.</summary>
internal enum SdpPresence
{
    /// <summary>None, and nothing is wrong with that.</summary>
    Absent,

    /// <summary>There is something that should be one and cannot be read.</summary>
    Malformed,

    Present,
}
