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
    public bool ProveAt(IPAddress source, bool isInitiator)
    {
        NextHop end = isInitiator ? Initiator : Responder;
        return (!isInitiator || Traits.HasFlag(DialogTraits.InitiatorIsProven))
            && IPAddress.TryParse(end.Host, out IPAddress? address)
            && LocalAddresses.Plain(source).Equals(address);
    }
}
