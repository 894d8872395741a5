using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>ping</c>: answered at once, whatever the workers do.</summary>
internal sealed class PongHandler : INgHandler
{
    public Operation? Operation => null;

    public void Write(NgReplyWriter reply) => reply.WritePong();
}
