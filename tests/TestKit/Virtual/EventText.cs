using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Quality;

namespace RtpProxy.TestKit.Virtual;

/// <summary>What was decided as short lines, for tests that ask whether a decision was told.</summary>
public sealed class EventText : IEventSink
{
    public List<string> Lines { get; } = [];

    /// <summary>Of the sessions that have ended.</summary>
    public List<SessionReport> Ended { get; } = [];

    public void On(RelayEvent told)
    {
        Lines.Add($"{told.CallId} {WordsOf(told)}");
        if (told is RelayEvent.SessionEnded ended)
        {
            Ended.Add(ended.Report);
        }
    }

    private static string WordsOf(RelayEvent told) => told switch
    {
        RelayEvent.SessionRequested => "requested",
        RelayEvent.SessionCreated => "created",
        RelayEvent.PortsUnavailable e => $"no ports: {e.Reason}",
        RelayEvent.SessionUpdated => "updated",
        RelayEvent.PortsReplaced e => $"{e.Side} port {e.OldPort} replaced by {e.NewPort}",
        RelayEvent.RemotePrefilled e => $"{e.Side} {e.Kind} prefilled {e.Remote}",
        RelayEvent.AddressNotBelieved e => $"{e.Side} {e.Kind} not believed {e.Address}: {e.Why}",
        RelayEvent.PacketCircling e => $"{e.Side} {e.Kind} circles from {e.Source}",
        RelayEvent.OtherFamilySignalled e => $"{e.Side} of another family {e.Address}",
        RelayEvent.HoldChanged e => $"{e.Side} {e.Kind} {(e.IsOnHold ? "on" : "off")} hold",
        RelayEvent.Latched e => $"{e.Side} {e.Kind} {(e.Again ? "moved" : "latched")} {e.Source}",
        RelayEvent.RemoteLearned e => $"{e.Side} {e.Kind} learned {e.Remote}",
        RelayEvent.RtcpPortGuessed e => $"{e.Side} RTCP guessed {e.Port}",
        RelayEvent.SsrcChanged e => $"{e.Side} SSRC {e.From} -> {e.To}",
        RelayEvent.DigitHeard e => $"{e.Side} pressed '{e.Digit.Key}' {e.Digit.Volume} {e.Digit.Duration} ({e.Digit.PayloadType}){TargetOf(e)}",
        RelayEvent.DigitsTooFast e => $"{e.Side} presses too fast",
        RelayEvent.StrangerRefused e => $"{e.Side} {e.Kind} stranger {e.Source}",
        RelayEvent.StrangerDisplaced e => $"{e.Side} {e.Kind} displaced {e.Stranger}",
        RelayEvent.SendRefused e => $"{e.Side} {e.Kind} refused {e.To}: {e.Outcome}",
        RelayEvent.CopyRefused e => $"{e.Side} {e.Kind} copy refused {e.To}: {e.Outcome}",
        RelayEvent.ResizingChanged e => $"{e.Side} resize {e.Milliseconds}",
        RelayEvent.PlayerStarted e => $"{e.Side} playing {e.Prompt}.{e.PayloadType} {e.Count} times",
        RelayEvent.PlayerEnded e => $"{e.Side} player {(e.IsFinished ? "finished" : "stopped")}",
        RelayEvent.PlayerFailed e => $"no player: {e.Reason}",
        RelayEvent.RecordingStarted e => $"{e.Side} {e.Kind} recording",
        RelayEvent.RecordingStopped e => $"{e.Side} {e.Kind} recording stopped",
        RelayEvent.RecordingFailed e => $"no recording: {e.Reason}",
        RelayEvent.VerdictChanged e => $"verdict {WordsOf(e.Before)} -> {WordsOf(e.Verdict)}",
        RelayEvent.LeftOut e => $"left out: {e.What}",
        RelayEvent.SessionTimedOut => "timed out",
        RelayEvent.SessionDeleting => "deleting",
        RelayEvent.SessionEnded e => $"ended {e.CalleePort}/{e.CallerPort}",
        _ => throw new ArgumentException($"no words for {told.GetType().Name}", nameof(told)),
    };

    private static string WordsOf(in Verdict verdict) =>
        verdict.Party is { } party ? $"{verdict.Code.Name()} {party}" : verdict.Code.Name();

    private static string TargetOf(RelayEvent.DigitHeard told) => CallDigit.Of(told) is { } digit
        ? $" at {digit.Source}: for {digit.Target} from {digit.Party.Tag}, {digit.Clock} Hz"
        : "";
}
