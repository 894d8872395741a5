using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Further;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary>What <c>U</c> and <c>L</c> have in common: they answer with a port and the results of sub-commands.</summary>
internal abstract class MediaHandler(int cookieLength) : ICommandHandler, IReplyRoom
{
    public abstract Operation Operation { get; }

    protected abstract AnsweredPort Port { get; }

    protected abstract IReadOnlyList<FurtherResult> Further { get; }

    public virtual bool Write(ref ReplyWriter reply)
    {
        if (Operation.Refusal != Refusal.None)
        {
            return ReplyText.Fail(ReplyText.CodeOf(Operation.Refusal), ref reply);
        }

        ReplyText.WritePort(Port, ref reply);
        ReplyText.ResultsOf(Further).WriteTo(ref reply);
        return ReplyText.End(ErrorCode.InfoReplyTooLong, ref reply);
    }

    public bool HasRoomFor(LocalAddress address, bool isFollowed)
    {
        int length = ReplyText.PortLength(address) + (isFollowed ? SubCommandResults.FailureLength : 0);
        return length <= ReplyWriter.RoomBehind(cookieLength);
    }

    public bool HasRoomForNext(IReadOnlyList<FurtherResult> results, LocalAddress? answered, bool isLast)
    {
        Span<byte> buffer = stackalloc byte[ReplyLimits.MaxLength];
        var main = new ReplyWriter(buffer);
        ReplyText.WritePort(Port, ref main);
        return ReplyText.ResultsOf(results).HasRoomFor(
            answered is null ? null : ReplyText.PortLength(answered),
            isLast,
            ReplyWriter.RoomBehind(cookieLength) - main.Text.Length);
    }
}
