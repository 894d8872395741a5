using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Sdp;

/// <summary>
/// Where the relay receives one medium: what is written into the description in place of the party's own.
/// </summary>
/// <param name="Port">1 to 65,535; RTCP comes to the next one.</param>
/// <param name="Address">The relay's address as text.</param>
/// <param name="Family">The family that the address is announced with.</param>
internal readonly record struct RelayedMedia(int Port, string Address, SdpAddressFamily Family);
