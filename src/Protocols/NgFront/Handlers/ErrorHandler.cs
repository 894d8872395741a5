using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary>What cannot be carried out, and why.</summary>
internal sealed class ErrorHandler(string error) : INgHandler
{
    public Operation? Operation => null;

    public void Write(NgReplyWriter reply) => reply.WriteError(error);
}
