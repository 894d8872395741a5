using Microsoft.Extensions.Logging;
using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;

namespace RtpProxy.Hosting.Journal;

/// <summary>Turns the decisions of the core into log lines in the words of the original: the one place that knows both.</summary>
/// <remarks>
/// Called by all workers. Never blocks, provided that the logger does not: the host gives one whose output is queued.
/// </remarks>
public sealed class EventLog(ILogger logger) : IEventSink
{
    private const int MaxLeftOutText = 300;

    private readonly SessionSummary _summary = new(logger);

    /// <summary>Which digit was pressed is logged too.</summary>
    public bool ShowsDigits { get; init; }

    public void On(RelayEvent told)
    {
        switch (told)
        {
            case RelayEvent.OfStream e:
                OnStream(e);
                break;
            case RelayEvent.OfLeg e:
                OnLeg(e);
                break;
            case RelayEvent.OfSession e:
                OnSession(e);
                break;
            default:
                OnCommand(told);
                break;
        }
    }

    private void OnStream(RelayEvent.OfStream told)
    {
        string actor = ActorOf(told.Side);
        string stream = NameOf(told.Kind);
        switch (told)
        {
            case RelayEvent.RemotePrefilled e:
                Log.RemotePrefilled(logger, e.CallId, actor, stream, e.Remote.ToString());
                break;
            case RelayEvent.AddressNotBelieved e:
                Log.AddressNotBelieved(logger, e.CallId, actor, stream, e.Address.ToString(), e.Why.Explain());
                break;
            case RelayEvent.PacketCircling e:
                Log.PacketCircling(logger, e.CallId, actor, stream, e.Source.ToString());
                break;
            case RelayEvent.HoldChanged { IsOnHold: true } e:
                Log.PutOnHold(logger, e.CallId, actor, stream);
                break;
            case RelayEvent.HoldChanged e:
                Log.TakenOffHold(logger, e.CallId, actor, stream);
                break;
            case RelayEvent.Latched e:
                // What has no SSRC by its nature is unknown; what should have one and has not is invalid.
                string absent = e.Kind == StreamKind.Rtcp ? "UNKNOWN" : "INVALID";
                Log.Latched(
                    logger,
                    e.CallId,
                    actor,
                    e.Again ? "re-latched" : "latched in",
                    e.Source.ToString(),
                    stream,
                    e.Ssrc?.ToString() ?? absent,
                    e.Sequence?.ToString() ?? absent);
                break;
            case RelayEvent.RemoteLearned e:
                Log.RemoteLearned(logger, e.CallId, actor, e.Remote.ToString(), stream);
                break;
            case RelayEvent.StrangerRefused e:
                Log.StrangerRefused(logger, e.CallId, actor, stream, e.Source.ToString());
                break;
            case RelayEvent.StrangerDisplaced e:
                Log.StrangerDisplaced(logger, e.CallId, actor, stream, e.Stranger.ToString());
                break;
            case RelayEvent.SendRefused e:
                Log.SendRefused(logger, e.CallId, actor, stream, e.To.ToString(), ReasonOf(e.Outcome));
                break;
            case RelayEvent.CopyRefused e:
                Log.CopyRefused(logger, e.CallId, actor, stream, e.To.ToString(), ReasonOf(e.Outcome));
                break;
            case RelayEvent.RecordingStarted e:
                Log.RecordingStarted(logger, e.CallId, stream, e.Stream.PortNumber);
                break;
            case RelayEvent.RecordingStopped e:
                Log.RecordingStopped(logger, e.CallId, stream, e.Stream.PortNumber);
                break;
        }
    }

    private void OnLeg(RelayEvent.OfLeg told)
    {
        string actor = ActorOf(told.Side);
        ushort port = told.Leg.PortNumber;
        switch (told)
        {
            case RelayEvent.PortsReplaced e:
                Log.PortsReplaced(logger, e.CallId, e.OldPort, e.OldPort + 1, e.NewPort, e.NewPort + 1);
                break;
            case RelayEvent.OtherFamilySignalled e:
                Log.OtherFamilySignalled(logger, e.CallId, actor, e.Address.ToString(), FamilyOf(e.Leg.Local), port);
                break;
            case RelayEvent.RtcpPortGuessed e:
                Log.RtcpPortGuessed(logger, e.CallId, actor, e.Port);
                break;
            case RelayEvent.SsrcChanged e:
                Log.SsrcChanged(
                    logger, e.CallId, e.From.ToString(), e.LastSequence.ToString(), e.To.ToString(), e.Sequence.ToString());
                break;
            case RelayEvent.DigitHeard e when ShowsDigits:
                Log.DigitShown(logger, e.CallId, actor, e.Digit.Key, e.Digit.Duration, e.Digit.Volume);
                break;
            case RelayEvent.DigitHeard e:
                Log.DigitHeard(logger, e.CallId, actor, e.Digit.Duration, e.Digit.Volume);
                break;
            case RelayEvent.DigitsTooFast e:
                Log.DigitsTooFast(logger, e.CallId, actor);
                break;
            case RelayEvent.ResizingChanged { Milliseconds: { } milliseconds } e:
                Log.ResizingStarted(logger, e.CallId, actor, milliseconds);
                break;
            case RelayEvent.ResizingChanged e:
                Log.ResizingStopped(logger, e.CallId, actor);
                break;
            case RelayEvent.PlayerStarted e:
                Log.PlayerStarted(
                    logger, e.CallId, e.Count, e.Prompt, e.PayloadType.Value, e.Ssrc.ToString(), e.Sequence.Value);
                break;
            case RelayEvent.PlayerEnded { IsFinished: true } e:
                Log.PlayerFinished(logger, e.CallId, port);
                break;
            case RelayEvent.PlayerEnded e:
                Log.PlayerStopped(logger, e.CallId, port);
                break;
        }
    }

    private void OnSession(RelayEvent.OfSession told)
    {
        ushort calleePort = told.Session.Callee.PortNumber;
        ushort callerPort = told.Session.Caller.PortNumber;
        switch (told)
        {
            case RelayEvent.SessionCreated e:
                Log.SessionCreated(logger, e.CallId, FamilyOf(e.Session.Callee.Local), calleePort, e.Session.Tag);
                break;
            case RelayEvent.SessionUpdated e:
                Log.SessionUpdated(logger, e.CallId, calleePort, callerPort);
                break;
            case RelayEvent.SessionTimedOut e:
                Log.SessionTimedOut(logger, e.CallId);
                break;
            case RelayEvent.SessionDeleting e:
                Log.SessionDeleting(logger, e.CallId, MediaNumberOf(e.Session.Tag), calleePort, callerPort);
                break;
            case RelayEvent.VerdictChanged e when e.Verdict.IsTrouble:
                Log.CameIntoTrouble(logger, e.CallId, NameOf(e.Verdict), NameOf(e.Before));
                break;
            case RelayEvent.VerdictChanged e when e.Before.IsTrouble:
                Log.CameOutOfTrouble(logger, e.CallId, NameOf(e.Verdict), NameOf(e.Before));
                break;
            case RelayEvent.SessionEnded e when logger.IsEnabled(LogLevel.Information):
                _summary.Write(e);
                break;
        }
    }

    private void OnCommand(RelayEvent told)
    {
        switch (told)
        {
            case RelayEvent.SessionRequested e when logger.IsEnabled(LogLevel.Information):
                string families = $"{FamilyOf(e.TowardCallee)}/{FamilyOf(e.TowardCaller)}";
                Log.SessionRequested(logger, families, e.CallId, e.Tag, e.IsWeak ? "weak" : "strong");
                break;
            case RelayEvent.PortsUnavailable e:
                Log.PortsUnavailable(logger, e.CallId, e.Address.Address.ToString(), ReasonOf(e.Reason));
                break;
            case RelayEvent.PlayerFailed e:
                Log.PlayerFailed(logger, e.CallId, e.Reason);
                break;
            case RelayEvent.RecordingFailed e:
                Log.RecordingFailed(logger, e.CallId, e.Reason);
                break;
            case RelayEvent.LeftOut { IsUsual: true } e:
                Log.LeftOutAsUsual(logger, e.CallId, Cut(e.What));
                break;
            case RelayEvent.LeftOut e:
                Log.LeftOut(logger, e.CallId, Cut(e.What));
                break;
        }
    }

    private static string Cut(string text) =>
        text.Length > MaxLeftOutText ? $"{text.AsSpan(0, MaxLeftOutText)}..." : text;

    private static string ActorOf(Side side) => side == Side.Caller ? "caller" : "callee";

    private static string NameOf(in Verdict verdict) =>
        verdict.Party is { } party ? $"{verdict.Code.Name()} ({ActorOf(party)})" : verdict.Code.Name();

    private static string NameOf(StreamKind kind) => kind == StreamKind.Rtp ? "RTP" : "RTCP";

    private static string FamilyOf(LocalAddress address) => address.IsIPv6 ? "IPv6" : "IPv4";

    // The number after the last semicolon of a tag, 0 without one.
    private static int MediaNumberOf(string tag) =>
        int.TryParse(tag.AsSpan(tag.LastIndexOf(';') + 1), out int number) && tag.Contains(';', StringComparison.Ordinal)
            ? number
            : 0;

    private static string ReasonOf(PortOpening opening) => opening switch
    {
        PortOpening.RangeExhausted => "every port pair of the range is in use",
        PortOpening.DescriptorsExhausted => "the process may open no more descriptors",
        _ => "the address cannot be bound",
    };

    private static string ReasonOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.NoRoom => "the system has no room to queue them",
        SendOutcome.Unreachable => "there is no route to it",
        SendOutcome.PortClosed => "nobody listens at that port",
        SendOutcome.NotPermitted => "the system does not permit it, by a firewall rule or because it is a broadcast address",
        SendOutcome.TooLong => "they are longer than the way there allows",
        _ => "the system cannot send there from the address of our port",
    };
}
