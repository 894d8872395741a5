using RtpProxy.Sip;
using RtpProxy.Sip.Headers;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>
/// What makes a request the same transaction as another (RFC 3261 section 17.2.3). ACK and CANCEL carry the key of their
/// INVITE. Call-ID and CSeq are part of it, so that senders without proper branches (RFC 2543) are told apart too.
/// </summary>
internal readonly record struct TransactionKey(string Branch, string SentBy, string CallId, uint Number, string Method)
{
    /// <param name="request">A message without faults.</param>
    /// <param name="method">The method of the transaction that is meant: INVITE for ACK and CANCEL.</param>
    public static TransactionKey Of(SipMessage request, string method)
    {
        Via via = request.TopVia!;
        string sentBy = $"{via.SentBy.Host.ToUpperInvariant()}:{via.SentBy.Port}";
        return new TransactionKey(via.Branch ?? "", sentBy, request.CallId!, (uint)request.CSeq!.Value.Number, method);
    }
}
