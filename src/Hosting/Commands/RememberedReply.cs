using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Protocols.RtppFront.Replies;

namespace RtpProxy.Hosting.Commands;

/// <summary>The reply to a datagram, which also answers those that repeat it.</summary>
internal sealed class RememberedReply(ReplyCache cache, byte[] cookie, IReplyTarget target) : IReplyTarget
{
    public void Reply(ReadOnlyMemory<byte> reply)
    {
        cache.Complete(cookie, reply.Span, RtppProtocol.NowMilliseconds);
        target.Reply(reply);
    }

    public void GiveUp(Exception? defect)
    {
        cache.Abandon(cookie);
        target.GiveUp(defect);
    }
}
