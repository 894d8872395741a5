namespace RtpProxy.Protocols.Ng.Options;

/// <summary>
/// What of a session description becomes ours beside the addresses of the media (ng protocol, 4.2). <c>session-connection</c>
/// is always done.
/// </summary>
/// <param name="Origin"><c>origin</c>, <c>origin-full</c>: the address of <c>o=</c>.</param>
/// <param name="SdpVersion"><c>SDP-version</c>: the version of <c>o=</c> grows with every change of ours (5.2).</param>
/// <param name="AlwaysVersion"><c>force-increment-sdp-ver</c>: it grows with every description.</param>
/// <param name="ZeroAddress"><c>zero-address</c>: a null address that means hold is replaced too.</param>
/// <param name="UserName"><c>username</c>: that in <c>o=</c> stays what a party was told first.</param>
/// <param name="SessionName"><c>session-name</c>: and so does <c>s=</c>.</param>
public readonly record struct ReplaceOptions(
    bool Origin, bool SdpVersion, bool AlwaysVersion, bool ZeroAddress, bool UserName = false, bool SessionName = false)
{
    /// <summary>What depends on what was told before.</summary>
    internal bool Remembers => SdpVersion || UserName || SessionName;
}
