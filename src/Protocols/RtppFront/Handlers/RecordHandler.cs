using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>R</c> (control protocol, section 3.11).</summary>
internal sealed class RecordHandler(RecordCommand command, in CommandSetting setting) : ICommandHandler
{
    public Operation Operation { get; } = setting.Relay.Record(new RecordRequest(
        command.Call,
        new SessionTags(command.FromTag, command.ToTag, command.FromTagMayBeEmpty),
        command.SingleFile));

    public bool Write(ref ReplyWriter reply) => ReplyText.WriteOutcome(Operation.Refusal, ref reply);
}
