using System.Net;
using RtpProxy.Controller.Offers;

namespace RtpProxy.Controller;

/// <summary>
/// Media relaying for the calls of any SIP program: give the Call-ID, the tags and the SDP of a message, get the SDP to pass on.
/// </summary>
/// <remarks>
/// Implementations are safe on any thread and never block one. What peers and relays do wrong is in the results, never an exception;
/// a cancelled token throws <see cref="OperationCanceledException"/>, and a session that was created halfway is deleted then: at once if the
/// relay answers, else behind the caller's back. What the program itself does wrong, such as a null, is an <see cref="ArgumentException"/>.
/// </remarks>
public interface IRtpProxyController
{
    /// <summary>
    /// An offer passes: makes room for it on a relay, or changes what is there, and puts the relay's addresses and ports into it. Hold,
    /// codecs and several media are what the description says. A relay that does not answer, is full or drains is passed over.
    /// </summary>
    /// <param name="call">The call; no To tag in its first offer.</param>
    /// <param name="sdp">The description, with any line ends.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<SdpResult> OfferAsync(
        MediaCall call, string sdp, SdpOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The answer to it passes.</summary>
    /// <param name="call">The call as in the offer, with the To tag of the party that answers.</param>
    /// <param name="sdp">The description.</param>
    /// <param name="options">Null for the defaults; <see cref="SdpOptions.IsProvisional"/> for the answer of a 1xx.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<SdpResult> AnswerAsync(
        MediaCall call, string sdp, SdpOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// An offer within a call was refused, or answered by nobody: what held before it holds again, which the relay is told. Nothing
    /// happens when there is no such offer. A first offer that is refused is ended by <see cref="DeleteAsync"/>.
    /// </summary>
    /// <param name="call">The call as in the offer.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<CallResult> TakeBackAsync(MediaCall call, CancellationToken cancellationToken = default);

    /// <summary>
    /// The call is over. Done when the relay has no media of it any more; a relay that cannot be reached ends it by itself, later.
    /// </summary>
    /// <param name="call">The call; its tags in either order. Without a To tag all its branches end.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<CallResult> DeleteAsync(MediaCall call, CancellationToken cancellationToken = default);

    /// <summary>The packets of the call's first medium until now.</summary>
    ValueTask<StatisticsResult> QueryAsync(MediaCall call, CancellationToken cancellationToken = default);

    /// <summary>Plays a prompt to one party, in place of what the other sends.</summary>
    /// <param name="call">The call.</param>
    /// <param name="listener">Who hears it.</param>
    /// <param name="prompt">The file's name on the relay, without the payload type at its end.</param>
    /// <param name="count">How often, 1 or more; -1 until stopped.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<CallResult> PlayAsync(
        MediaCall call, MediaParty listener, string prompt, int count = 1, CancellationToken cancellationToken = default);

    /// <summary>Stops the prompt that a party hears.</summary>
    ValueTask<CallResult> StopPlayingAsync(MediaCall call, MediaParty listener, CancellationToken cancellationToken = default);

    /// <summary>Records what a party sends, in all media, to files of the relay's choice in its directory.</summary>
    ValueTask<CallResult> RecordAsync(MediaCall call, MediaParty speaker, CancellationToken cancellationToken = default);

    /// <summary>Sends copies of what a party sends in the call's first medium to a third host.</summary>
    /// <param name="call">The call.</param>
    /// <param name="speaker">Whose media.</param>
    /// <param name="receiver">Who gets it: RTP at this port, RTCP at the next one. Relays copy to IPv4 only; anything else fails.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<CallResult> CopyAsync(
        MediaCall call, MediaParty speaker, IPEndPoint receiver, CancellationToken cancellationToken = default);

    /// <summary>Stops recording and copying what a party sends.</summary>
    ValueTask<CallResult> StopRecordingAsync(MediaCall call, MediaParty speaker, CancellationToken cancellationToken = default);
}
