using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Events;

/// <content>Birth, change and end of sessions.</content>
public abstract partial record RelayEvent
{
    public sealed record SessionRequested(
        string CallId, string Tag, bool IsWeak, LocalAddress TowardCaller, LocalAddress TowardCallee) : RelayEvent(CallId);

    public sealed record SessionCreated(Session Session) : OfSession(Session);

    /// <summary>No port pair: the command is refused.</summary>
    public sealed record PortsUnavailable(string CallId, LocalAddress Address, PortOpening Reason) : RelayEvent(CallId);

    /// <summary>A later offer or answer was carried out.</summary>
    public sealed record SessionUpdated(Session Session) : OfSession(Session);

    /// <summary>The leg was given another pair.</summary>
    public sealed record PortsReplaced(Leg Leg, ushort OldPort, ushort NewPort) : OfLeg(Leg);

    /// <summary>A command was carried out but for something that it asked for as well.</summary>
    /// <param name="What">One plain sentence that says what and why.</param>
    /// <param name="IsUsual">The protocol wants it so, and well-behaved controllers cause it.</param>
    public sealed record LeftOut(string CallId, string What, bool IsUsual = false) : RelayEvent(CallId);

    public sealed record SessionTimedOut(Session Session) : OfSession(Session);

    /// <summary>A command ends the session now.</summary>
    public sealed record SessionDeleting(Session Session) : OfSession(Session);

    /// <summary>
    /// All counters are final and the ports are closed: the moment for a summary. Whoever keeps figures makes a report now
    /// (<see cref="Report"/>).
    /// </summary>
    /// <param name="At">The time of the worker's turn.</param>
    /// <param name="CallerPort">The RTP port that faced the caller, 0 if the session never got one.</param>
    /// <param name="CalleePort">The RTP port that faced the callee.</param>
    public sealed record SessionEnded(Session Session, Instant At, SessionEnd Reason, ushort CallerPort, ushort CalleePort)
        : OfSession(Session)
    {
        /// <summary>Made for the first who asks, while the event is told.</summary>
        public SessionReport Report => field ??= SessionReports.Of(this);
    }

    /// <summary>What is the matter with a call has changed.</summary>
    /// <param name="Before">What it was until now.</param>
    public sealed record VerdictChanged(Session Session, Instant At, Verdict Before, Verdict Verdict) : OfSession(Session)
    {
        /// <summary>Made for the first who asks, while the event is told.</summary>
        public SessionReport Report => field ??= SessionReports.Of(Session, At);
    }
}
