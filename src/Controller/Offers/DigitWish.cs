namespace RtpProxy.Controller.Offers;

/// <summary>
/// The node shall report the digits (RFC 4733) that the sender of a message presses, to where it reports timeouts: sub-command
/// <c>M3:1</c> of the control protocol. The module has nothing like it.
/// </summary>
/// <param name="Tag">Begins each report (<see cref="Relays.DigitNotice"/>); any text.</param>
/// <param name="PayloadType">
/// Of the packets that are digits, 0 to 127; null for what the message's SDP calls <c>telephone-event</c>, and then media without it
/// is not listened to.
/// </param>
/// <param name="Hide">The other party does not get them.</param>
public sealed record DigitWish(string Tag, byte? PayloadType = null, bool Hide = false);
