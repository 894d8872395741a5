using RtpProxy.Relay.Events;

namespace RtpProxy.Relay.Notices;

/// <summary>Tells controllers of timeouts, where a session named somebody to be told (control protocol, section 7).</summary>
public sealed class TimeoutNotices(INoticeBoard board) : IEventSink
{
    public void On(RelayEvent told)
    {
        if (told is RelayEvent.SessionTimedOut { Session: { NoticeTarget: { } target } session })
        {
            board.Post(target, [.. session.NoticeTag, (byte)'\n']);
        }
    }
}
