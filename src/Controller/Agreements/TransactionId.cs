using RtpProxy.Sip;

namespace RtpProxy.Controller.Agreements;

/// <summary>
/// What the messages of one offer have in common: its request, the replies to it, its ACK and its CANCEL name the same
/// sender and the same number (RFC 3261 section 12.2.1.1).
/// </summary>
internal readonly record struct TransactionId(string FromTag, long Number)
{
    public static TransactionId? Of(SipMessage message) =>
        message is { FromTag: { } tag, CSeq: { } sequence } ? new TransactionId(tag, sequence.Number) : null;
}
