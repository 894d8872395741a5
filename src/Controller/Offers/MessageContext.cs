using System.Net;

namespace RtpProxy.Controller.Offers;

/// <summary>What is known about a message beside its text.</summary>
/// <param name="Source">
/// The address that the message came from; media is expected from there unless flag r is given.
/// </param>
/// <param name="Local">The local address on which it arrived; used in SDP when a node names none.</param>
public sealed record MessageContext(IPAddress Source, IPAddress Local)
{
    public MessageRoute Route { get; init; }

    /// <summary>The request's facts when the message is a reply or a CANCEL; null when no state is kept.</summary>
    public TransactionFacts? Transaction { get; init; }

    /// <summary>
    /// The set of nodes for this message (<c>set_rtp_proxy_set</c>). All messages of a call must use the same.
    /// </summary>
    public int Set { get; init; }

    /// <summary>
    /// The text of flag b (<c>extra_id_pv</c>); null when not configured, and then the flag is ignored.
    /// </summary>
    public string? ExtraId { get; init; }

    /// <summary>What the node reports when this call's media times out (<c>timeout_tag_pv</c>); any text.</summary>
    public string? TimeoutTag { get; init; }

    /// <summary>
    /// The digits of the message's sender are reported too; null for none. Needs <see cref="CallMediaOptions.TimeoutSocket"/>, and nodes
    /// that know the module catch_dtmf: others refuse the offer.
    /// </summary>
    public DigitWish? Digits { get; init; }

    /// <summary>Relay candidates for this message (<c>ice_candidate_priority_avp</c>).</summary>
    public IcePriority IcePriority { get; init; }
}
