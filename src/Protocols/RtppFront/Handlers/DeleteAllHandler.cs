using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>X</c> (control protocol, section 3.15).</summary>
internal sealed class DeleteAllHandler(in CommandSetting setting) : ICommandHandler
{
    public Operation Operation { get; } = setting.Relay.DeleteAll();

    public bool Write(ref ReplyWriter reply) => ReplyText.WriteOutcome(Operation.Refusal, ref reply);
}
