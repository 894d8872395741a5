namespace RtpProxy.Relay.Operations;

/// <summary>Why an operation was not carried out.</summary>
public enum Refusal
{
    /// <summary>It was.</summary>
    None,

    /// <summary>No session has this call and these tags, or what was asked for it needs something that it has not.</summary>
    UnknownSession,

    /// <summary>The daemon ends with its last session and takes no new one.</summary>
    Draining,

    /// <summary>There are as many sessions as the options permit, so no call begins.</summary>
    TooManySessions,

    /// <summary>More waits for the machine's processors than the options permit, so no call begins.</summary>
    TooMuchLoad,

    /// <summary>The machine's processors are busier than the options permit, so no call begins.</summary>
    TooMuchCpu,

    /// <summary>More media comes in than the options permit, so no call begins.</summary>
    TooMuchBandwidth,

    /// <summary>No port pair for a new session.</summary>
    NoSessionPorts,

    /// <summary>No port pair for a leg of an existing session.</summary>
    NoLegPorts,

    /// <summary>A timeout shall be notified, but no notification target is permitted at all.</summary>
    NotificationsOff,

    /// <summary>Who asks could not take the answer (<see cref="IReplyRoom"/>).</summary>
    NoRoomForReply,

    /// <summary>The answer is of no use to who asks (<see cref="IFiguresReader"/>), who knows why.</summary>
    NotWanted,

    /// <summary>A prompt shall be played in the codecs of the session, and none were signalled.</summary>
    NoCodecs,

    /// <summary>No prompt can be played.</summary>
    NoPrompt,

    /// <summary>No recording or copy can be begun.</summary>
    NoCopy,

    /// <summary>There is no such call.</summary>
    UnknownCall,

    /// <summary>The call is there, but nobody in it is called so.</summary>
    UnknownParty,

    /// <summary>The call has as many parties, or subscribers, as it can have.</summary>
    CallIsFull,

    /// <summary>Who answers is who offered, or only hears; or who is to hear is a party that speaks.</summary>
    OwnAnswer,

    /// <summary>The other party takes no telephone events, hears something else, or what is sent to it is no stream to put them into.</summary>
    NoDigits,

    /// <summary>Digits wait already, as many as may.</summary>
    TooManyDigits,

    /// <summary>Nothing has come from the party yet.</summary>
    NotHeard,
}
