using System.Collections.Immutable;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>Somebody is to hear parties of a call (docs/ng.md, recording servers).</summary>
/// <param name="ToTag">Names who is to hear; of one who does already it changes what is heard.</param>
/// <param name="Sources">Who is to be heard; everybody who speaks if empty.</param>
/// <param name="SignalledAt">Now, in microseconds since the UNIX epoch.</param>
public sealed record CallSubscribeRequest(string CallId, string ToTag, ImmutableArray<PartyChoice> Sources, long SignalledAt)
{
    /// <summary>The address toward the subscriber; null leaves what it has, or takes the first.</summary>
    public LocalAddress? Toward { get; init; }

    /// <summary>RTCP on the port of RTP is offered.</summary>
    public bool OffersMux { get; init; }

    /// <summary>
    /// Whether what is to be offered can be described, by the lines without ports; asked before anything changes, on the worker. Null if
    /// it always can.
    /// </summary>
    public Func<ImmutableArray<HeardLine>, bool>? Fits { get; init; }

    /// <summary>IPv4 type of service of what is sent to the subscriber; null for the daemon's own.</summary>
    public byte? Tos { get; init; }
}
