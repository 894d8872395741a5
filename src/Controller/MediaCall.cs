using RtpProxy.Controller.Offers;

namespace RtpProxy.Controller;

/// <summary>
/// By what a call is known to its relay: the Call-ID and the tags of its parties, as they stand in the SIP message at hand. From is the
/// party that sends the request, and so makes the offer; To is the one that answers.
/// </summary>
/// <remarks>Plain data; nothing must be kept between the messages of a call, every one can be named anew.</remarks>
/// <param name="CallId">The Call-ID. It chooses the relay too.</param>
/// <param name="FromTag">The tag of the party that offers.</param>
/// <param name="ToTag">
/// The tag of the other party; null, or empty, as long as it has none, which is in the first offer of a call.
/// </param>
/// <exception cref="ArgumentNullException">The Call-ID or the From tag is null.</exception>
public sealed record MediaCall(string CallId, string FromTag, string? ToTag = null)
{
    public string CallId
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(CallId));
    } = CallId ?? throw new ArgumentNullException(nameof(CallId));

    public string FromTag
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(FromTag));
    } = FromTag ?? throw new ArgumentNullException(nameof(FromTag));

    /// <summary>Null before there is one, also where a SIP stack says so with an empty text.</summary>
    public string? ToTag
    {
        get;
        init => field = string.IsNullOrEmpty(value) ? null : value;
    } = string.IsNullOrEmpty(ToTag) ? null : ToTag;

    /// <summary>The set of relays; 0 is the default set. The same for all of a call.</summary>
    public int Set { get; init; }

    /// <summary>
    /// Tells several sessions of one Call-ID apart, such as branches of a forked request by their Via branch; null for one session. The
    /// same for all of a session.
    /// </summary>
    public string? Branch { get; init; }

    /// <summary>
    /// The same call when the other party speaks: its re-INVITE, and its offer in the response to a request that had none.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no To tag yet.</exception>
    public MediaCall Reversed() => this with
    {
        FromTag = ToTag ?? throw new InvalidOperationException("The other party has no tag yet; only a call with both tags can be reversed."),
        ToTag = FromTag,
    };

    internal CallIdentity Identity => new(CallId, Branch is null ? CallId : $"{CallId};{Branch}", FromTag, ToTag);
}
