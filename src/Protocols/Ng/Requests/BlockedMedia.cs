namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>What of a party's outgoing media a <see cref="BlockRequest"/> is about (ng protocol, 3.7).</summary>
public enum BlockedMedia
{
    /// <summary><c>block media</c>: not forwarded; telephone-event packets and RTCP still pass.</summary>
    All,

    /// <summary><c>silence media</c>: forwarded as silence.</summary>
    Sound,

    /// <summary><c>block DTMF</c>: telephone-event packets are not forwarded.</summary>
    Dtmf,
}
