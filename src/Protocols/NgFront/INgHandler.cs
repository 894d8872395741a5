using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront;

/// <summary>One command between the two languages: the operation that it means, and the reply that its result is.</summary>
internal interface INgHandler
{
    /// <summary>What is asked of the relay; null for what is answered without it.</summary>
    Operation? Operation { get; }

    /// <summary>Writes the reply, once the operation is finished.</summary>
    void Write(NgReplyWriter reply);
}
