using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Events;

/// <summary>
/// A decision of the core (media rules, sections 2.8 and 9), one value for each. The kinds are in the other files of this type,
/// by what they are about, and there are no others: a new one is a record there, and whatever tells it to somebody.
/// </summary>
/// <remarks>
/// Sessions, legs and streams in it are live objects of the worker, borrowed while it is told. Texts of controllers and of peers
/// are as they came. An event costs an allocation, so whatever a sender can cause with every packet is told so many times.
/// </remarks>
/// <param name="CallId">Of the call concerned.</param>
public abstract partial record RelayEvent(string CallId)
{
    /// <summary>About a session.</summary>
    public abstract record OfSession(Session Session) : RelayEvent(Session.CallId);

    /// <summary>About a party of a session.</summary>
    public abstract record OfLeg(Leg Leg) : OfSession(Leg.Session)
    {
        public Side Side => Leg.Side;
    }

    /// <summary>About the RTP or RTCP of a party.</summary>
    public abstract record OfStream(RelayStream Stream) : OfLeg(Stream.Leg)
    {
        public StreamKind Kind => Stream.Kind;
    }
}
