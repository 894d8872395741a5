using RtpProxy.Rtp;

namespace RtpProxy.Relay.Operations.Further;

/// <summary>What is done to a session right behind an offer, an answer or a question (control protocol, section 4).</summary>
public abstract record FurtherOperation
{
    private FurtherOperation()
    {
    }

    /// <summary>Ends the session if nothing else keeps it.</summary>
    public sealed record Delete(bool IsWeak) : FurtherOperation;

    /// <summary>The leg's inactivity limit.</summary>
    /// <param name="OfOther">Of the leg of the party that does not act, instead of the one that does.</param>
    public sealed record SetTtl(int Seconds, bool OfOther) : FurtherOperation;

    /// <summary>The IPv4 TOS byte of the leg's sockets.</summary>
    /// <param name="OfOther">Of the leg of the party that does not act, instead of the one that does.</param>
    public sealed record SetTos(byte Tos, bool OfOther) : FurtherOperation;

    /// <summary>The answer of the party that does not act; it acts from then on.</summary>
    public sealed record Answer(LegRequest Leg) : FurtherOperation;

    /// <summary>What another session carries also goes through this one.</summary>
    public sealed record Fork(string CallId, string FromTag, string ToTag) : FurtherOperation;

    /// <summary>
    /// Tells the digits of the party that acts to whom the session's notifications go. Again for the same catcher it changes
    /// payload type and hiding.
    /// </summary>
    /// <param name="Catcher">From 1; each tells by itself.</param>
    /// <param name="Tag">Any bytes; the messages begin with them.</param>
    /// <param name="PayloadType">Of the packets that are digits.</param>
    /// <param name="IsHiding">They do not get to the other party.</param>
    public sealed record CatchDigits(int Catcher, byte[] Tag, PayloadType PayloadType, bool IsHiding) : FurtherOperation;

    /// <summary>What the protocol understands and cannot be done: it fails.</summary>
    /// <param name="Why">One plain sentence.</param>
    public sealed record Impossible(string Why) : FurtherOperation;
}
