using RtpProxy.Controller.Sdp;

namespace RtpProxy.Controller;

/// <summary>
/// The module's parameters that concern calls and SDP. Those that concern nodes (<c>rtpproxy_sock</c>,
/// <c>rtpproxy_tout</c>, <c>rtpproxy_retr</c>, <c>rtpproxy_disable_tout</c>, <c>force_socket</c>) belong to the set of
/// nodes.
/// </summary>
public sealed record CallMediaOptions
{
    /// <summary>
    /// <c>nortpproxy_str</c>: the line that marks a description as relayed. Line ends at its end do not matter. Empty:
    /// no mark is added or looked for.
    /// </summary>
    public string Mark
    {
        get;
        init => field = SdpText.OneLine((value ?? throw new ArgumentNullException(nameof(value))).TrimEnd('\r', '\n'));
    } = "a=nortpproxy:yes";

    /// <summary>
    /// <c>timeout_socket</c>: where nodes report that a call's media has timed out (<c>unix:PATH</c>, <c>tcp:ADDRESS:PORT</c>); null for
    /// nowhere. Every offer that is a message then needs a <see cref="Offers.MessageContext.TimeoutTag"/> (<c>timeout_tag_pv</c>).
    /// </summary>
    public string? TimeoutSocket
    {
        get;
        init => field = string.IsNullOrEmpty(value) ? null : SdpText.OneWord(value);
    }

    /// <summary>
    /// The most media descriptions of one message that may need a relay: each costs a command, and the node a session. A
    /// message with more fails, before any command. Ordinary calls have two or three.
    /// </summary>
    public int MaxMedia
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    } = 16;

    /// <summary>
    /// Whether a message with a group address fails before any command, as if every node had refused it. The module asks the
    /// node, and not all nodes mind.
    /// </summary>
    public bool RefusesMulticast { get; init; }

    /// <summary>
    /// The longest time that one operation may take over all its commands and nodes. The module has no such bound and
    /// can hold a request for as long as it has silent nodes.
    /// </summary>
    public TimeSpan TotalTimeout
    {
        get;
        init => field = Durations.Positive(value);
    } = TimeSpan.FromSeconds(10);
}
