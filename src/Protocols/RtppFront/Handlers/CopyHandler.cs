using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>C</c>, to files of a given name or to another host (control protocol, section 3.11).</summary>
internal sealed class CopyHandler : ICommandHandler, IPortRoom
{
    private readonly int _cookieLength;
    private readonly CopyToHostOperation? _toHost;

    public CopyHandler(CopyCommand command, in CommandSetting setting)
    {
        _cookieLength = setting.CookieLength;
        var tags = new SessionTags(command.FromTag, command.ToTag, command.FromTagMayBeEmpty);
        if (CopyTarget.IsHost(command.Target))
        {
            string? fault = CopyTarget.TryParse(command.Target, !setting.Relay.Options.SkipRtcpRecording, out CopyTarget target, out string error) ? null : error;
            _toHost = setting.Relay.CopyToHost(
                new CopyToHostRequest(
                    command.Call, tags, command.Target, target.Host ?? "", target.Port, target.Address, fault, command.ReportPort),
                room: this);
            Operation = _toHost;
            return;
        }

        Operation = setting.Relay.CopyToFile(new CopyToFileRequest(
            command.Call, tags, command.Target, command.SingleFile, CopyTarget.ExplainDoubt(command.Target), command.ReportPort));
    }

    public Operation Operation { get; }

    public bool Write(ref ReplyWriter reply)
    {
        if (_toHost is not { Refusal: Refusal.None, Port: { } port })
        {
            return ReplyText.WriteOutcome(Operation.Refusal, ref reply);
        }

        reply.WritePortAndAddress(port.Number, port.Address);
        reply.EndLine();
        return false;
    }

    public bool HasRoomFor(LocalAddress address, bool isFollowed) =>
        ReplyWriter.PortAndAddressLength(address) <= ReplyWriter.RoomBehind(_cookieLength);
}
