using System.Net;
using RtpProxy.Hosting.Journal;
using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Io.Tests.Journal;

/// <summary>Every kind of event has a line, and no text in it can be more than part of a line.</summary>
public sealed class EventLines
{
    private const string Hostile = "evil\r\n\u001B[2J\u00E9";

    private static readonly Endpoint Somewhere = Endpoint.From(IPAddress.Parse("192.0.2.99"), 4444);

    private readonly RelayEvent[] _oneOfEach;

    public EventLines()
    {
        var relay = new VirtualRelay();
        relay.Port("U \u001B[2Jcall 192.0.2.10 40000 \u0007tag");
        Session session = relay.Workers[0].AllSessions[0];
        Leg leg = session.Callee;
        RelayStream stream = leg.Rtcp;
        _oneOfEach =
        [
            new RelayEvent.SessionRequested(Hostile, Hostile, IsWeak: false, leg.Local, leg.Local),
            new RelayEvent.SessionCreated(session),
            new RelayEvent.PortsUnavailable(Hostile, leg.Local, PortOpening.RangeExhausted),
            new RelayEvent.SessionUpdated(session),
            new RelayEvent.PortsReplaced(leg, 4000, 4002),
            new RelayEvent.LeftOut(Hostile, Hostile),
            new RelayEvent.SessionTimedOut(session),
            new RelayEvent.SessionDeleting(session),
            new RelayEvent.SessionEnded(session, default, SessionEnd.Deleted, 4000, 4002),
            new RelayEvent.VerdictChanged(session, default, default, new Verdict(VerdictCode.OneWay, Side.Callee)),
            new RelayEvent.RemotePrefilled(stream, Somewhere),
            new RelayEvent.AddressNotBelieved(stream, Somewhere, AddressBelief.Circle),
            new RelayEvent.OtherFamilySignalled(leg, Somewhere),
            new RelayEvent.Latched(stream, Somewhere, null, null, Again: false),
            new RelayEvent.RemoteLearned(stream, Somewhere),
            new RelayEvent.RtcpPortGuessed(leg, 4001),
            new RelayEvent.StrangerRefused(stream, Somewhere),
            new RelayEvent.StrangerDisplaced(stream, Somewhere),
            new RelayEvent.PacketCircling(stream, Somewhere),
            new RelayEvent.SendRefused(stream, Somewhere, SendOutcome.NoRoom),
            new RelayEvent.CopyRefused(stream, Somewhere, SendOutcome.NoRoom),
            new RelayEvent.HoldChanged(stream, IsOnHold: true),
            new RelayEvent.SsrcChanged(leg, new Ssrc(1), new SequenceNumber(2), new Ssrc(3), new SequenceNumber(4)),
            new RelayEvent.DigitHeard(leg, new HeardDigit('5', 10, 800, new PayloadType(101))),
            new RelayEvent.DigitsTooFast(leg),
            new RelayEvent.ResizingChanged(leg, 30),
            new RelayEvent.PlayerStarted(leg, 1, Hostile, new PayloadType(8), new Ssrc(1), new SequenceNumber(2)),
            new RelayEvent.PlayerEnded(leg, IsFinished: true),
            new RelayEvent.PlayerFailed(Hostile, Hostile),
            new RelayEvent.RecordingStarted(stream),
            new RelayEvent.RecordingStopped(stream),
            new RelayEvent.RecordingFailed(Hostile, Hostile),
        ];
    }

    [Fact]
    public void Every_kind_of_event_has_a_line()
    {
        _oneOfEach.Select(told => told.GetType()).ShouldBe(
            typeof(RelayEvent).GetNestedTypes().Where(kind => kind.IsSealed), ignoreOrder: true);
        foreach (RelayEvent told in _oneOfEach)
        {
            LinesOf(told).ShouldNotBeEmpty(told.GetType().Name);
        }
    }

    [Fact]
    public void What_peers_made_up_stays_within_its_line() =>
        _oneOfEach.SelectMany(LinesOf).ShouldAllBe(line => line.All(c => c >= ' ' && c <= '~'));

    [Fact]
    public void Which_digit_was_pressed_is_told_only_if_that_is_wanted()
    {
        RelayEvent pressed = _oneOfEach.Single(told => told is RelayEvent.DigitHeard);

        LinesOf(pressed).ShouldBe(["callee pressed a digit: duration 800, volume -10 dBm0"]);
        LinesOf(pressed, showsDigits: true).ShouldBe(["callee pressed the digit '5': duration 800, volume -10 dBm0"]);
    }

    private static List<string> LinesOf(RelayEvent told) => LinesOf(told, showsDigits: false);

    private static List<string> LinesOf(RelayEvent told, bool showsDigits)
    {
        var logger = new RecordingLogger();
        new EventLog(logger) { ShowsDigits = showsDigits }.On(told);
        return [.. logger.Texts];
    }
}
