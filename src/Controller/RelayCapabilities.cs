namespace RtpProxy.Controller;

/// <summary>
/// Answers of a node to <c>VF</c> (control protocol, section 3.1) that change what is sent to it. Further bits may
/// follow.
/// </summary>
[Flags]
public enum RelayCapabilities
{
    None = 0,

    /// <summary>20071116: the modifier <c>z</c>.</summary>
    Repacketization = 1,

    /// <summary>20081102: codec lists in <c>U</c> and <c>L</c>, and <c>P ... session</c>.</summary>
    CodecLists = 2,

    /// <summary>20081224: notification targets are permitted.</summary>
    Notifications = 4,
}
