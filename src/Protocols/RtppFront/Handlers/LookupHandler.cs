using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>L</c> (control protocol, section 3.3).</summary>
internal sealed class LookupHandler : MediaHandler
{
    public LookupHandler(LookupCommand command, in CommandSetting setting)
        : base(setting.CookieLength)
    {
        var request = new AnswerRequest(
            command.Call,
            command.FromTag,
            command.ToTag,
            LegRequests.Of(command.Modifiers, command.Remote, setting.Addresses),
            LegRequests.Of(command.SubCommands, setting.Addresses));
        Media = setting.Relay.Answer(request, this);
    }

    protected override MediaOperation Media { get; }

    public override bool Write(ref ReplyWriter reply)
    {
        if (Media.Refusal == Refusal.UnknownSession)
        {
            reply.WriteOk(); // a plain zero where a port would be: part of the protocol
            return true;
        }

        return base.Write(ref reply);
    }
}
