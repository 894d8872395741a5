using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront;

/// <summary>What controllers understand as "try the next relay" (ng protocol).</summary>
internal static class Limits
{
    public static void Write(NgReplyWriter reply, Refusal refusal, bool supportsLoadLimit)
    {
        if (TextOf(refusal) is not { } text)
        {
            reply.WriteError(NgErrors.NoPorts);
        }
        else if (supportsLoadLimit)
        {
            reply.WriteLoadLimit(text);
        }
        else
        {
            reply.WriteError(NgErrors.SessionLimit); // any other text would end the call
        }
    }

    private static string? TextOf(Refusal refusal) => refusal switch
    {
        Refusal.Draining => NgErrors.ShuttingDown,
        Refusal.TooManySessions => NgErrors.SessionLimit,
        Refusal.TooMuchLoad => NgErrors.LoadLimit,
        Refusal.TooMuchCpu => NgErrors.CpuLimit,
        Refusal.TooMuchBandwidth => NgErrors.BandwidthLimit,
        _ => null,
    };
}
