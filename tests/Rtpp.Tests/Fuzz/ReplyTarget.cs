using RtpProxy.Protocols.Rtpp.Tests.Replies;

namespace RtpProxy.Protocols.Rtpp.Tests.Fuzz;

/// <summary>Any bytes as a reply: every view of it answers.</summary>
public static class ReplyTarget
{
    public static void Fuzz(ReadOnlySpan<byte> data) => ReplyTests.ReadAll(data);
}
