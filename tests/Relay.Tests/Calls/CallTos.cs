using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>The type of service of a call's media (ng protocol).</summary>
public sealed class CallTos
{
    [Fact]
    public void It_is_that_of_the_last_who_said_one()
    {
        var relay = new VirtualRelay();
        var call = new WholeCall(relay);
        call.Offer(call.Request("a", null, Audio(Alice)) with { Tos = 0x28 });
        call.Answer("a", "b", Audio(Bob));

        relay.Workers[0].AllSessions[0].Caller.Tos.ShouldBe((byte)0x28);
        relay.Workers[0].AllSessions[0].Callee.Tos.ShouldBe((byte)0x28);

        call.Offer(call.Request("a", "b", Audio(Alice)) with { Tos = 0x10 });
        relay.Workers[0].AllSessions[0].Callee.Tos.ShouldBe((byte)0x10);
    }
}
