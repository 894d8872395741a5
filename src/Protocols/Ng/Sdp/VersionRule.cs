namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>When the version in <c>o=</c> grows by itself.</summary>
public enum VersionRule
{
    /// <summary>Never: it is the peer's, and what was added before.</summary>
    Peer,

    /// <summary>When we send something else than last time under the same version of the peer (<c>SDP-version</c>).</summary>
    WhenChanged,

    /// <summary>With every description (<c>force-increment-sdp-ver</c>).</summary>
    Always,
}
