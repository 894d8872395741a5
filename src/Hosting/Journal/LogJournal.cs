using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Journal;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Hosting.Journal;

/// <summary>Turns the decisions of the core into log lines in the words of the original.</summary>
/// <remarks>
/// Called by all workers. Never blocks, provided that the logger does not: the host gives one whose output is queued.
/// </remarks>
public sealed class LogJournal(ILogger logger) : IRelayJournal
{
    private const uint MaxSsrcLines = 10; // for each leg
    private const int MaxLeftOutText = 300;

    private readonly SessionSummary _summary = new(logger);

    public void SessionRequested(
        string callId, string tag, bool weak, LocalAddress towardCaller, LocalAddress towardCallee)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            Log.SessionRequested(
                logger,
                $"{FamilyOf(towardCallee)}/{FamilyOf(towardCaller)}",
                PeerText.Escape(callId),
                PeerText.Escape(tag),
                weak ? "weak" : "strong");
        }
    }

    public void SessionCreated(Session session) => Log.SessionCreated(
        logger,
        CallIdOf(session),
        FamilyOf(session.Callee.Local),
        session.Callee.PortNumber,
        PeerText.Escape(session.Tag));

    public void PortsUnavailable(string callId, LocalAddress address, PortOpening reason) =>
        Log.PortsUnavailable(logger, PeerText.Escape(callId), address.Address.ToString(), reason switch
        {
            PortOpening.RangeExhausted => "every port pair of the range is in use",
            PortOpening.DescriptorsExhausted => "the process may open no more descriptors",
            _ => "the address cannot be bound",
        });

    public void SessionUpdated(Session session) =>
        Log.SessionUpdated(logger, CallIdOf(session), session.Callee.PortNumber, session.Caller.PortNumber);

    public void PortsReplaced(Session session, Leg leg, ushort oldPort, ushort newPort) =>
        Log.PortsReplaced(logger, CallIdOf(session), oldPort, oldPort + 1, newPort, newPort + 1);

    public void RemotePrefilled(Session session, Side side, StreamKind kind, in Endpoint remote) =>
        Log.RemotePrefilled(logger, CallIdOf(session), ActorOf(side), NameOf(kind), remote.ToString());

    public void AddressNotBelieved(Session session, Side side, StreamKind kind, in Endpoint address, AddressBelief why) =>
        Log.AddressNotBelieved(
            logger, CallIdOf(session), ActorOf(side), NameOf(kind), address.ToString(), why.Explain());

    public void PacketCircling(Session session, Side side, StreamKind kind, in Endpoint source) =>
        Log.PacketCircling(logger, CallIdOf(session), ActorOf(side), NameOf(kind), source.ToString());

    public void OtherFamilySignalled(Session session, Side side, in Endpoint address)
    {
        Leg leg = session[side];
        Log.OtherFamilySignalled(
            logger, CallIdOf(session), ActorOf(side), address.ToString(), FamilyOf(leg.Local), leg.PortNumber);
    }

    public void HoldChanged(Session session, Side side, StreamKind kind, bool onHold)
    {
        if (onHold)
        {
            Log.PutOnHold(logger, CallIdOf(session), ActorOf(side), NameOf(kind));
        }
        else
        {
            Log.TakenOffHold(logger, CallIdOf(session), ActorOf(side), NameOf(kind));
        }
    }

    public void Latched(
        Session session,
        Side side,
        StreamKind kind,
        in Endpoint source,
        Ssrc? ssrc,
        SequenceNumber? sequence,
        bool again)
    {
        // What has no SSRC by its nature is unknown; what should have one and has not is invalid.
        string absent = kind == StreamKind.Rtcp ? "UNKNOWN" : "INVALID";
        Log.Latched(
            logger,
            CallIdOf(session),
            ActorOf(side),
            again ? "re-latched" : "latched in",
            source.ToString(),
            NameOf(kind),
            ssrc?.ToString() ?? absent,
            sequence?.ToString() ?? absent);
    }

    public void RemoteLearned(Session session, Side side, StreamKind kind, in Endpoint remote) =>
        Log.RemoteLearned(logger, CallIdOf(session), ActorOf(side), remote.ToString(), NameOf(kind));

    public void RtcpPortGuessed(Session session, Side side, ushort port) =>
        Log.RtcpPortGuessed(logger, CallIdOf(session), ActorOf(side), port);

    public void SsrcChanged(
        Session session, Side side, Ssrc from, SequenceNumber lastSequence, Ssrc to, SequenceNumber sequence)
    {
        // A hostile sender can cause this with every packet: the first few tell enough.
        if (session[side].Reception.SsrcChanges <= MaxSsrcLines && logger.IsEnabled(LogLevel.Information))
        {
            Log.SsrcChanged(
                logger, CallIdOf(session), from.ToString(), lastSequence.ToString(), to.ToString(), sequence.ToString());
        }
    }

    public void StrangerRefused(Session session, Side side, StreamKind kind, in Endpoint source) =>
        Log.StrangerRefused(logger, CallIdOf(session), ActorOf(side), NameOf(kind), source.ToString());

    public void SendRefused(Session session, Side party, StreamKind kind, in Endpoint to, SendOutcome outcome) =>
        Log.SendRefused(logger, CallIdOf(session), ActorOf(party), NameOf(kind), to.ToString(), ReasonOf(outcome));

    public void CopyRefused(Session session, Side party, StreamKind kind, in Endpoint to, SendOutcome outcome) =>
        Log.CopyRefused(logger, CallIdOf(session), ActorOf(party), NameOf(kind), to.ToString(), ReasonOf(outcome));

    public void StrangerDisplaced(Session session, Side side, StreamKind kind, in Endpoint stranger) =>
        Log.StrangerDisplaced(logger, CallIdOf(session), ActorOf(side), NameOf(kind), stranger.ToString());

    public void ResizingChanged(Session session, Side side, int? milliseconds)
    {
        if (milliseconds is { } duration)
        {
            Log.ResizingStarted(logger, CallIdOf(session), ActorOf(side), duration);
        }
        else
        {
            Log.ResizingStopped(logger, CallIdOf(session), ActorOf(side));
        }
    }

    public void PlayerStarted(
        Session session, Side listener, int count, string prompt, byte payloadType, Ssrc ssrc, SequenceNumber sequence) =>
        Log.PlayerStarted(
            logger, CallIdOf(session), count, PeerText.Escape(prompt), payloadType, ssrc.ToString(), sequence.Value);

    public void PlayerEnded(Session session, Side listener, bool finished)
    {
        ushort port = session[listener].PortNumber;
        if (finished)
        {
            Log.PlayerFinished(logger, CallIdOf(session), port);
        }
        else
        {
            Log.PlayerStopped(logger, CallIdOf(session), port);
        }
    }

    public void PlayerFailed(string callId, string reason) =>
        Log.PlayerFailed(logger, PeerText.Escape(callId), PeerText.Escape(reason));

    public void RecordingStarted(Session session, Side party, StreamKind kind) =>
        Log.RecordingStarted(logger, CallIdOf(session), NameOf(kind), PortOf(session, party, kind));

    public void RecordingStopped(Session session, Side party, StreamKind kind) =>
        Log.RecordingStopped(logger, CallIdOf(session), NameOf(kind), PortOf(session, party, kind));

    public void RecordingFailed(string callId, string reason) =>
        Log.RecordingFailed(logger, PeerText.Escape(callId), PeerText.Escape(reason));

    public void LeftOut(string callId, string what, bool isUsual = false)
    {
        string text = PeerText.Escape(what.Length > MaxLeftOutText ? $"{what.AsSpan(0, MaxLeftOutText)}..." : what);
        if (isUsual)
        {
            Log.LeftOutAsUsual(logger, PeerText.Escape(callId), text);
        }
        else
        {
            Log.LeftOut(logger, PeerText.Escape(callId), text);
        }
    }

    public void SessionTimedOut(Session session) => Log.SessionTimedOut(logger, CallIdOf(session));

    public void SessionDeleting(Session session) => Log.SessionDeleting(
        logger,
        CallIdOf(session),
        MediaNumberOf(session.Tag),
        session.Callee.PortNumber,
        session.Caller.PortNumber);

    public void SessionEnded(Session session, ushort callerPort, ushort calleePort)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            _summary.Write(session, callerPort, calleePort);
        }
    }

    private static string CallIdOf(Session session) => PeerText.Escape(session.CallId);

    private static string ActorOf(Side side) => side == Side.Caller ? "caller" : "callee";

    private static string NameOf(StreamKind kind) => kind == StreamKind.Rtp ? "RTP" : "RTCP";

    private static string FamilyOf(LocalAddress address) => address.IsIPv6 ? "IPv6" : "IPv4";

    // 0 for a leg without a port, whatever the stream.
    private static int PortOf(Session session, Side party, StreamKind kind) =>
        session[party].PortNumber is var port and > 0 && kind == StreamKind.Rtcp
            ? port + 1
            : session[party].PortNumber;

    // The number after the last semicolon of a tag, 0 without one.
    private static int MediaNumberOf(string tag) =>
        int.TryParse(tag.AsSpan(tag.LastIndexOf(';') + 1), out int number) && tag.Contains(';', StringComparison.Ordinal)
            ? number
            : 0;

    private static string ReasonOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.NoRoom => "the system has no room to queue them",
        SendOutcome.Unreachable => "there is no route to it",
        SendOutcome.NotPermitted => "the system does not permit it, by a firewall rule or because it is a broadcast address",
        SendOutcome.TooLong => "they are longer than the way there allows",
        _ => "the system cannot send there from the address of our port",
    };
}
