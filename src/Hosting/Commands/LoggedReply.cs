using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Lines;

namespace RtpProxy.Hosting.Commands;

/// <summary>Tells the log of a reply before it leaves.</summary>
internal sealed class LoggedReply(IReplyTarget target, ILogger logger) : IReplyTarget
{
    public void Reply(ReadOnlyMemory<byte> reply)
    {
        Log.ReplySent(logger, PeerText.Of(reply.Span));
        target.Reply(reply);
    }

    public void GiveUp(Exception? defect) => target.GiveUp(defect);
}
