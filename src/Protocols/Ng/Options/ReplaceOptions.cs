namespace RtpProxy.Protocols.Ng.Options;

/// <summary>
/// What of a session description becomes ours beside the addresses of the media (ng protocol, 4.2). <c>session-connection</c>
/// is always done; <c>username</c> and <c>session-name</c> have no effect.
/// </summary>
/// <param name="Origin"><c>origin</c>, <c>origin-full</c>: the address of <c>o=</c>.</param>
/// <param name="SdpVersion"><c>SDP-version</c>: the version of <c>o=</c> grows with every change of ours (5.2).</param>
/// <param name="AlwaysVersion"><c>force-increment-sdp-ver</c>: it grows with every description.</param>
/// <param name="ZeroAddress"><c>zero-address</c>: a null address that means hold is replaced too.</param>
public readonly record struct ReplaceOptions(bool Origin, bool SdpVersion, bool AlwaysVersion, bool ZeroAddress);
