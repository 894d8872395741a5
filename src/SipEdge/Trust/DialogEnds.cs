using System.Net;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Trust;

/// <summary>Who a dialog that went through us is between: what its seal keeps.</summary>
/// <param name="Initiator">Where its first request came from.</param>
/// <param name="Responder">Where we sent it.</param>
/// <param name="Traits">What we knew of them.</param>
internal readonly record struct DialogEnds(NextHop Initiator, NextHop Responder, DialogTraits Traits)
{
    /// <summary>
    /// Whether one end is known to be at an address: it was there when the dialog began. Both ends can read the seal, and either could write
    /// anything as its source, so the seal alone says nothing of that.
    /// </summary>
    /// <remarks>
    /// The responder has answered what we sent it, else nobody had the seal. The initiator's address may have been forged
    /// from the beginning, together with the responder.
    /// </remarks>
    public bool ProveAt(IPAddress source, bool isInitiator) =>
        (!isInitiator || Traits.HasFlag(DialogTraits.InitiatorIsProven)) && IsAt(source, isInitiator);

    /// <summary>Whether an address is the one where an end was when the dialog began, wherever that really is.</summary>
    public bool IsAt(IPAddress source, bool isInitiator) =>
        IPAddress.TryParse((isInitiator ? Initiator : Responder).Host, out IPAddress? address)
        && LocalAddresses.Plain(source).Equals(address);
}
