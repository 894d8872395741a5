using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>U</c> (control protocol, section 3.2).</summary>
internal sealed class UpdateHandler : MediaHandler
{
    public UpdateHandler(UpdateCommand command, in CommandSetting setting)
        : base(setting.CookieLength)
    {
        var request = new OfferRequest(
            command.Call,
            command.FromTag,
            command.ToTag,
            LegRequests.Of(command.Modifiers, command.Remote, setting.Addresses),
            LegRequests.Of(command.SubCommands, setting.Addresses))
        {
            Notice = command.Notify is { } notify ? new NoticeRequest(notify.Socket, notify.Tag) : null,
            UselessNoticeSocket = command.SocketWithoutTag,
        };
        Media = setting.Relay.Offer(request, setting.Origin, this);
    }

    protected override MediaOperation Media { get; }
}
