using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>S</c> (control protocol, section 3.10).</summary>
internal sealed class NoPlayHandler(NoPlayCommand command, in CommandSetting setting) : ICommandHandler
{
    public Operation Operation { get; } = setting.Relay.Stop(
        command.Call, new SessionTags(command.FromTag, command.ToTag, command.FromTagMayBeEmpty));

    public bool Write(ref ReplyWriter reply) => ReplyText.WriteOutcome(Operation.Refusal, ref reply);
}
