using RtpProxy.Protocols.RtppFront;
using RtpProxy.Protocols.RtppFront.Replies;


namespace RtpProxy.Protocols.Rtpp.Tests.Fuzz;

/// <summary>Any bytes as a datagram: its cookie is one word of it and fits every reply.</summary>
public static class DatagramTarget
{
    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        if (!DatagramCommand.TrySplit(data, out DatagramCommand command))
        {
            return;
        }

        command.Cookie.IndexOfAny(" \t\r\n\0"u8).ShouldBe(-1);
        command.Cookie.IsEmpty.ShouldBeFalse();
        CommandParserTarget.Fuzz(command.Line);

        var reply = new ReplyWriter(new byte[ReplyLimits.MaxLength], command.Cookie);
        reply.WriteError(ErrorCode.Shutdown);
        reply.IsOverflowed.ShouldBeFalse();
        reply.Written.SequenceEqual([.. command.Cookie, .. " E99\n"u8]).ShouldBeTrue();
    }
}
