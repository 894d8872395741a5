using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Further;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>L</c> (control protocol, section 3.3).</summary>
internal sealed class LookupHandler : MediaHandler
{
    private readonly AnswerOperation _answer;

    public LookupHandler(LookupCommand command, in CommandSetting setting)
        : base(setting.CookieLength)
    {
        var request = new AnswerRequest(
            command.Call,
            command.FromTag,
            command.ToTag,
            LegRequests.Of(command.Modifiers, command.Remote, setting.Addresses),
            LegRequests.Of(command.SubCommands, setting.Addresses));
        _answer = setting.Relay.Answer(request, this);
    }

    public override Operation Operation => _answer;

    protected override AnsweredPort Port => _answer.Port;

    protected override IReadOnlyList<FurtherResult> Further => _answer.Further;

    public override bool Write(ref ReplyWriter reply)
    {
        if (_answer.Refusal == Refusal.UnknownSession)
        {
            reply.WriteOk(); // a plain zero where a port would be: part of the protocol
            return true;
        }

        return base.Write(ref reply);
    }
}
