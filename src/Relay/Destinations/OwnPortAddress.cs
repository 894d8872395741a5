using RtpProxy.Rtp;

namespace RtpProxy.Relay.Destinations;

/// <summary>An address of this machine that packets are sent to. Immutable, so that other workers never see half of one.</summary>
internal sealed record OwnPortAddress(Endpoint Address);
