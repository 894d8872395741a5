namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>
/// How much of a call is written: what is left out when a reply would be too long, the first first (ng protocol, 7.1). After
/// the last of them whole parties are, the newest first.
/// </summary>
internal enum CallDetail
{
    Everything,
    NoEgressSources,
    NoProgression,
    NoAdvertisedEndpoints,
    NoSentTraffic,
    NoRtcpStreams,
}
