using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>V</c> and <c>VF</c> (control protocol, section 3.1).</summary>
internal sealed class VersionHandler(VersionCommand command, in CommandSetting setting) : ICommandHandler
{
    private readonly bool _notifies = setting.Relay.Notices.IsEnabled;

    public Operation? Operation => null;

    public bool Write(ref ReplyWriter reply)
    {
        if (command.Capability is not { } date)
        {
            reply.WriteText(ProtocolVersion.Base);
        }
        else
        {
            reply.WriteNumber(ProtocolVersion.IsSupported(date, _notifies) ? 1UL : 0UL);
        }

        reply.EndLine();
        return false;
    }
}
