using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>N</c> (control protocol, section 3.11).</summary>
internal sealed class NoRecordHandler(NoRecordCommand command, in CommandSetting setting) : ICommandHandler
{
    public Operation Operation { get; } = setting.Relay.StopRecording(
        command.Call,
        new SessionTags(command.FromTag, command.ToTag, command.FromTagMayBeEmpty),
        command.BothParties);

    public bool Write(ref ReplyWriter reply) => ReplyText.WriteOutcome(Operation.Refusal, ref reply);
}
