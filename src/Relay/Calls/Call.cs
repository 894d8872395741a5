using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Calls;

/// <summary>
/// A call whose controller tells more than sessions: who its parties are, and which of its media lines belong together. Each media
/// line is a <see cref="Session"/>; one that RTPproxy's protocol made of the same Call-ID becomes one with the next command of ng
/// that is to change something.
/// </summary>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
public sealed class Call
{
    internal Call(string callId, CallFacts facts)
    {
        CallId = callId;
        Facts = facts;
    }

    public string CallId { get; }

    public CallFacts Facts { get; private set; }

    /// <summary>Sessions that it has.</summary>
    internal int SessionCount { get; set; }

    /// <summary>Those of them that are media lines of subscribers.</summary>
    internal int SubscribedCount { get; set; }

    /// <summary>Somebody may hear the parties beside themselves.</summary>
    internal bool IsHeard { get; set; }

    internal void Change(CallFacts facts) => Facts = facts with { Revision = Facts.Revision + 1 };

    /// <summary>A change that nobody was told of has not been.</summary>
    internal void TakeBack(CallFacts facts) => Facts = facts;

    /// <summary>Goes on with what another relay knew, if that is newer.</summary>
    internal void Adopt(CallFacts facts)
    {
        if (facts.Revision > Facts.Revision)
        {
            Facts = facts;
        }
    }
}
