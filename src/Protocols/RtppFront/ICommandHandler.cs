using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>One command between the two languages: the operation that it means, and the reply that its result is.</summary>
internal interface ICommandHandler
{
    /// <summary>What is asked of the relay; null for what is answered without it.</summary>
    Operation? Operation { get; }

    /// <summary>Writes the whole reply, once the operation is finished. True if it counts as a failure.</summary>
    bool Write(ref ReplyWriter reply);
}
