using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;

namespace RtpProxy.Relay.Commands;

/// <summary><c>V</c> and <c>VF</c> (control protocol, section 3.1).</summary>
internal static class VersionReply
{
    public static Step Write(VersionCommand command, CommandContext context, ref ReplyWriter reply)
    {
        if (command.Capability is not { } date)
        {
            reply.WriteText(ProtocolVersion.Base);
        }
        else
        {
            reply.WriteNumber(ProtocolVersion.IsSupported(date, context.Notices.IsEnabled) ? 1UL : 0UL);
        }

        reply.EndLine();
        return Step.Done;
    }
}
