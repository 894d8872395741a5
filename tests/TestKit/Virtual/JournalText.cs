using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Journal;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Virtual;

/// <summary>The journal as short lines, for tests that ask whether a decision was told.</summary>
public sealed class JournalText : IRelayJournal
{
    public List<string> Lines { get; } = [];

    public void SessionRequested(string callId, string tag, bool weak, LocalAddress towardCaller, LocalAddress towardCallee) =>
        Lines.Add($"{callId} requested");

    public void SessionCreated(Session session) => Lines.Add($"{session.CallId} created");

    public void PortsUnavailable(string callId, LocalAddress address, PortOpening reason) =>
        Lines.Add($"{callId} no ports: {reason}");

    public void SessionUpdated(Session session) => Lines.Add($"{session.CallId} updated");

    public void PortsReplaced(Session session, Leg leg, ushort oldPort, ushort newPort) =>
        Lines.Add($"{session.CallId} {leg.Side} port {oldPort} replaced by {newPort}");

    public void RemotePrefilled(Session session, Side side, StreamKind kind, in Endpoint remote) =>
        Lines.Add($"{session.CallId} {side} {kind} prefilled {remote}");

    public void AddressNotBelieved(Session session, Side side, StreamKind kind, in Endpoint address, AddressBelief why) =>
        Lines.Add($"{session.CallId} {side} {kind} not believed {address}: {why}");

    public void PacketCircling(Session session, Side side, StreamKind kind, in Endpoint source) =>
        Lines.Add($"{session.CallId} {side} {kind} circles from {source}");

    public void OtherFamilySignalled(Session session, Side side, in Endpoint address) =>
        Lines.Add($"{session.CallId} {side} of another family {address}");

    public void HoldChanged(Session session, Side side, StreamKind kind, bool onHold) =>
        Lines.Add($"{session.CallId} {side} {kind} {(onHold ? "on" : "off")} hold");

    public void Latched(
        Session session, Side side, StreamKind kind, in Endpoint source, Ssrc? ssrc, SequenceNumber? sequence, bool again) =>
        Lines.Add($"{session.CallId} {side} {kind} {(again ? "moved" : "latched")} {source}");

    public void RemoteLearned(Session session, Side side, StreamKind kind, in Endpoint remote) =>
        Lines.Add($"{session.CallId} {side} {kind} learned {remote}");

    public void RtcpPortGuessed(Session session, Side side, ushort port) =>
        Lines.Add($"{session.CallId} {side} RTCP guessed {port}");

    public void SsrcChanged(
        Session session, Side side, Ssrc from, SequenceNumber lastSequence, Ssrc to, SequenceNumber sequence) =>
        Lines.Add($"{session.CallId} {side} SSRC {from} -> {to}");

    public void StrangerRefused(Session session, Side side, StreamKind kind, in Endpoint source) =>
        Lines.Add($"{session.CallId} {side} {kind} stranger {source}");

    public void SendRefused(Session session, Side party, StreamKind kind, in Endpoint to, SendOutcome outcome) =>
        Lines.Add($"{session.CallId} {party} {kind} refused {to}: {outcome}");

    public void CopyRefused(Session session, Side party, StreamKind kind, in Endpoint to, SendOutcome outcome) =>
        Lines.Add($"{session.CallId} {party} {kind} copy refused {to}: {outcome}");

    public void StrangerDisplaced(Session session, Side side, StreamKind kind, in Endpoint stranger) =>
        Lines.Add($"{session.CallId} {side} {kind} displaced {stranger}");

    public void ResizingChanged(Session session, Side side, int? milliseconds) =>
        Lines.Add($"{session.CallId} {side} resize {milliseconds}");

    public void PlayerStarted(
        Session session, Side listener, int count, string prompt, byte payloadType, Ssrc ssrc, SequenceNumber sequence) =>
        Lines.Add($"{session.CallId} {listener} playing {prompt}.{payloadType} {count} times");

    public void PlayerEnded(Session session, Side listener, bool finished) =>
        Lines.Add($"{session.CallId} {listener} player {(finished ? "finished" : "stopped")}");

    public void PlayerFailed(string callId, string reason) => Lines.Add($"{callId} no player: {reason}");

    public void RecordingStarted(Session session, Side party, StreamKind kind) =>
        Lines.Add($"{session.CallId} {party} {kind} recording");

    public void RecordingStopped(Session session, Side party, StreamKind kind) =>
        Lines.Add($"{session.CallId} {party} {kind} recording stopped");

    public void RecordingFailed(string callId, string reason) => Lines.Add($"{callId} no recording: {reason}");

    public void LeftOut(string callId, string what, bool isUsual) => Lines.Add($"{callId} left out: {what}");

    public void SessionTimedOut(Session session) => Lines.Add($"{session.CallId} timed out");

    public void SessionDeleting(Session session) => Lines.Add($"{session.CallId} deleting");

    public void SessionEnded(Session session, ushort callerPort, ushort calleePort) =>
        Lines.Add($"{session.CallId} ended {calleePort}/{callerPort}");
}
