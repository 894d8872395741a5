using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>D</c> (control protocol, section 3.8).</summary>
internal sealed class DeleteHandler(DeleteCommand command, in CommandSetting setting) : ICommandHandler
{
    public Operation Operation { get; } = setting.Relay.Delete(
        command.Call, new SessionTags(command.FromTag, command.ToTag, command.FromTagMayBeEmpty), command.Weak);

    public bool Write(ref ReplyWriter reply) => ReplyText.WriteOutcome(Operation.Refusal, ref reply);
}
