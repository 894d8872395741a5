using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Further;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary>What <c>U</c> and <c>L</c> have in common: they answer with a port and the results of sub-commands.</summary>
internal abstract class MediaHandler(int cookieLength) : ICommandHandler, IReplyRoom
{
    public Operation Operation => Media;

    protected abstract MediaOperation Media { get; }

    public virtual bool Write(ref ReplyWriter reply)
    {
        if (Media.Refusal != Refusal.None)
        {
            return ReplyText.Fail(ReplyText.CodeOf(Media.Refusal), ref reply);
        }

        ReplyText.WritePort(Media.Port, ref reply);
        ReplyText.ResultsOf(Media.Further).WriteTo(ref reply);
        return ReplyText.End(ErrorCode.InfoReplyTooLong, ref reply);
    }

    public bool HasRoomFor(LocalAddress address, bool isFollowed)
    {
        int length = ReplyWriter.PortLength(address) + (isFollowed ? SubCommandResults.FailureLength : 0);
        return length <= ReplyWriter.RoomBehind(cookieLength);
    }

    public bool HasRoomForNext(IReadOnlyList<FurtherResult> results, LocalAddress? answered, bool isLast)
    {
        Span<byte> buffer = stackalloc byte[ReplyLimits.MaxLength];
        var main = new ReplyWriter(buffer);
        ReplyText.WritePort(Media.Port, ref main);
        return ReplyText.ResultsOf(results).HasRoomFor(
            answered is null ? null : ReplyWriter.PortLength(answered),
            isLast,
            ReplyWriter.RoomBehind(cookieLength) - main.Text.Length);
    }
}
