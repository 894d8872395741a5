using RtpProxy.Controller.Offers;
using RtpProxy.Sip;

namespace RtpProxy.Controller;

/// <summary>What became of one operation on a message.</summary>
/// <param name="Action">What was done, or tried.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why it did not end in <see cref="MediaOutcome.Done"/>, for a log; empty otherwise.</param>
public sealed record MediaResult(MediaAction Action, MediaOutcome Outcome, string Reason = "")
{
    /// <summary>
    /// The changes to the message, to be merged with others by a <see cref="SipMessageEditor"/>; empty unless done.
    /// </summary>
    public IReadOnlyList<Splice> Changes { get; init; } = [];

    /// <summary>The name of the node that was asked last (<c>rtp_inst_pvar</c>); null when none was.</summary>
    public string? Relay { get; init; }

    /// <summary>
    /// True when the message is an INVITE whose SDP was taken as the offer: keep it as
    /// <see cref="TransactionFacts.HadSdp"/>, so that SDP in the replies is taken as the answer.
    /// </summary>
    public bool MarksTransaction { get; init; }

    /// <summary>
    /// What to answer the sender of the offer when it could not be relayed and shall not pass without a relay; null when
    /// nothing is to be refused.
    /// </summary>
    public MediaRefusal? Refusal { get; init; }

    /// <summary>
    /// The message answers an offer that went through a relay, as far as that is remembered: an answer that failed then must
    /// not be passed on as it is, it names an address that the other party was not told of.
    /// </summary>
    public bool AnswersRelayedOffer { get; init; }

    public bool IsDone => Outcome == MediaOutcome.Done;

    /// <summary>The return code of the module's function: 1, -1, -2 or -3.</summary>
    public int Code => Outcome switch
    {
        MediaOutcome.Done => 1,
        MediaOutcome.AlreadyRelayed => -2,
        MediaOutcome.NoRelay when Action is MediaAction.Offer or MediaAction.Answer => -3,
        _ => -1,
    };

    /// <summary>The message with the changes made and Content-Length set right.</summary>
    /// <param name="message">The message that the operation was given.</param>
    public byte[] ApplyTo(SipMessage message)
    {
        var editor = new SipMessageEditor(message);
        editor.Changes.AddRange(Changes);
        return editor.ToBytes();
    }
}
