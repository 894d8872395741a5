using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront;

/// <summary>What controllers understand as "try the next relay" (ng protocol, section 8.1).</summary>
internal static class Limits
{
    public static void Write(NgReplyWriter reply, Refusal refusal, bool supportsLoadLimit)
    {
        if (refusal is not (Refusal.Draining or Refusal.TooManySessions))
        {
            reply.WriteError(NgErrors.NoPorts);
        }
        else if (supportsLoadLimit)
        {
            reply.WriteLoadLimit(refusal == Refusal.Draining ? NgErrors.ShuttingDown : NgErrors.SessionLimit);
        }
        else
        {
            reply.WriteError(NgErrors.SessionLimit);
        }
    }
}
