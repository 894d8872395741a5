using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>P</c> (control protocol, section 3.9).</summary>
internal sealed class PlayHandler(PlayCommand command, in CommandSetting setting) : ICommandHandler
{
    private const string SessionCodecs = "session"; // the list that the listener's last U or L gave

    public Operation Operation { get; } = setting.Relay.Play(new PlayRequest(
        command.Call,
        new SessionTags(command.FromTag, command.ToTag, command.FromTagMayBeEmpty),
        command.Prompt,
        command.Codecs == SessionCodecs ? null : command.Codecs,
        command.Count));

    public bool Write(ref ReplyWriter reply) => ReplyText.WriteOutcome(Operation.Refusal, ref reply);
}
