using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary>What is no command, or a malformed one.</summary>
internal sealed class FaultHandler(ErrorCode error) : ICommandHandler
{
    public Operation? Operation => null;

    public bool Write(ref ReplyWriter reply) => ReplyText.Fail(error, ref reply);
}
