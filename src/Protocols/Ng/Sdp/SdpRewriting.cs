using System.Collections.Immutable;
using System.Net;
using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>What is to become of a description on its way to the other party.</summary>
/// <remarks>
/// Not asked for, since it is always so: ICE attributes and bundle groups are removed, and media that is encrypted between
/// the parties keeps their keys (<see cref="SdpRefusals"/> says when that cannot be).
/// </remarks>
public sealed record SdpRewriting
{
    /// <summary>
    /// Our address as the receiver shall see it: of the interface, advertised, or the option <c>media-address</c>.
    /// </summary>
    public required IPAddress Address { get; init; }

    /// <summary>
    /// Our ports for each media line, in order; null for a line without. A line that wants to be relayed and gets no ports is
    /// written as refused (port 0). What is missing at the end is null.
    /// </summary>
    public required ImmutableArray<SdpMediaPorts?> Ports { get; init; }

    /// <summary>
    /// Null for an offer; for an answer what it answers: the reply has these media lines, no more and no fewer.
    /// </summary>
    public ImmutableArray<OfferedMedia>? Answers { get; init; }

    /// <summary>
    /// <c>transport-protocol</c> of an offer; <see cref="SdpProfile.None"/> for the offerer's own. An answer's reply has the
    /// profile of the offer.
    /// </summary>
    public SdpProfile Profile { get; init; }

    /// <summary>
    /// Of a further offer without <c>transport-protocol</c>, by media line: the profile that the receiver speaks;
    /// <see cref="SdpProfile.None"/>, and what is missing, for the offerer's own.
    /// </summary>
    public ImmutableArray<SdpProfile> KeptProfiles { get; init; } = [];

    /// <summary><c>transport-protocol=accept</c> in an answer: the profile of the answer stays.</summary>
    public bool AcceptsProfile { get; init; }

    /// <summary><c>replace: origin</c>.</summary>
    public bool ReplacesOrigin { get; init; }

    /// <summary><c>replace: zero-address</c>: our address in place of the null address of a party on hold.</summary>
    public bool ReplacesNullAddress { get; init; }

    /// <summary>
    /// <c>original-sendrecv</c>: the peer's own attribute stays, or stays away, whatever a null address means.
    /// </summary>
    public bool KeepsDirection { get; init; }

    public RtcpAttribute RtcpAttribute { get; init; }

    /// <summary><c>generate-mid</c>, in an offer.</summary>
    public bool GeneratesMid { get; init; }

    /// <summary><c>strip-extmap</c>.</summary>
    public bool StripsExtmap { get; init; }

    /// <summary>Milliseconds; null leaves what the peer said.</summary>
    public int? Ptime { get; init; }

    public CodecRules Codecs { get; init; } = CodecRules.None;

    /// <summary><c>sdp-attr</c>; what fits (<see cref="SdpRefusals.OfLength"/>).</summary>
    public ImmutableArray<AttributeRule> Attributes { get; init; } = [];

    /// <summary><c>loop-protect</c>: the id of this process; null for no mark.</summary>
    public string? LoopMark { get; init; }
}
