using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Journal;

/// <summary>
/// The decisions of the core, told as they are made; the host turns them into log lines (media rules, sections 2.8
/// and 9). Packets are counted, never told.
/// </summary>
/// <remarks>
/// Called on the worker's thread: implementations never block. Sessions and legs are live objects, borrowed for the call.
/// </remarks>
public interface IRelayJournal
{
    void SessionRequested(string callId, string tag, bool weak, LocalAddress towardCaller, LocalAddress towardCallee);

    void SessionCreated(Session session);

    /// <summary>No port pair: the command is answered <c>E71</c> or <c>E72</c>.</summary>
    void PortsUnavailable(string callId, LocalAddress address, PortOpening reason);

    /// <summary>A later <c>U</c> or <c>L</c> was carried out.</summary>
    void SessionUpdated(Session session);

    /// <summary>Modifier <c>n</c> gave the leg another pair.</summary>
    void PortsReplaced(Session session, Leg leg, ushort oldPort, ushort newPort);

    void RemotePrefilled(Session session, Side side, StreamKind kind, in Endpoint remote);

    /// <summary>
    /// A description or a packet's source named an address that is no party's, such as a port or a control socket of our own:
    /// nothing is sent there. Once for an address, ten times for a stream.
    /// </summary>
    void AddressNotBelieved(Session session, Side side, StreamKind kind, in Endpoint address, AddressBelief why);

    /// <summary>The first packet of this stream that came round again; the rest is only counted.</summary>
    void PacketCircling(Session session, Side side, StreamKind kind, in Endpoint source);

    /// <summary>A party's address is of another family than our port for it: nothing can be sent there.</summary>
    void OtherFamilySignalled(Session session, Side side, in Endpoint address);

    void HoldChanged(Session session, Side side, StreamKind kind, bool onHold);

    /// <summary>The stream's source was settled; <paramref name="again"/> when it was settled elsewhere before.</summary>
    void Latched(Session session, Side side, StreamKind kind, in Endpoint source, Ssrc? ssrc, SequenceNumber? sequence, bool again);

    /// <summary>The party was settled elsewhere than signalling said: packets for it go there.</summary>
    void RemoteLearned(Session session, Side side, StreamKind kind, in Endpoint remote);

    void RtcpPortGuessed(Session session, Side side, ushort port);

    void SsrcChanged(
        Session session, Side side, Ssrc from, SequenceNumber lastSequence, Ssrc to, SequenceNumber sequence);

    /// <summary>The first datagram of a stranger at this stream; once per stream and leg, the rest is only counted.</summary>
    void StrangerRefused(Session session, Side side, StreamKind kind, in Endpoint source);

    /// <summary>The first packet for a party, at this address of its, that was not taken; the rest is only counted.</summary>
    void SendRefused(Session session, Side party, StreamKind kind, in Endpoint to, SendOutcome outcome);

    /// <summary>The first copy of what a party sends that was not taken; the rest is lost without a word.</summary>
    void CopyRefused(Session session, Side party, StreamKind kind, in Endpoint to, SendOutcome outcome);

    /// <summary>The party is heard where it was signalled; until now a stranger had been taken for it, and was sent its media.</summary>
    void StrangerDisplaced(Session session, Side side, StreamKind kind, in Endpoint stranger);

    void ResizingChanged(Session session, Side side, int? milliseconds);

    void PlayerStarted(Session session, Side listener, int count, string prompt, byte payloadType, Ssrc ssrc, SequenceNumber sequence);

    void PlayerEnded(Session session, Side listener, bool finished);

    /// <summary>No player could be made; <paramref name="reason"/> is one plain sentence.</summary>
    void PlayerFailed(string callId, string reason);

    void RecordingStarted(Session session, Side party, StreamKind kind);

    void RecordingStopped(Session session, Side party, StreamKind kind);

    /// <summary>A recording or copy was refused; <paramref name="reason"/> is one plain sentence.</summary>
    void RecordingFailed(string callId, string reason);

    /// <summary>
    /// A command was carried out but for something that it asked for as well; <paramref name="what"/> is one plain sentence that
    /// says what and why. Texts of controllers in it are as they came.
    /// </summary>
    /// <param name="isUsual">The protocol wants it so, and well-behaved controllers cause it.</param>
    void LeftOut(string callId, string what, bool isUsual = false);

    void SessionTimedOut(Session session);

    /// <summary>A <c>D</c> or <c>X</c> ends the session now.</summary>
    void SessionDeleting(Session session);

    /// <summary>All counters are final and the ports are closed: the moment for the summary lines.</summary>
    /// <param name="callerPort">The RTP port that faced the caller, 0 if the session never got one.</param>
    /// <param name="calleePort">The RTP port that faced the callee.</param>
    void SessionEnded(Session session, ushort callerPort, ushort calleePort);
}
