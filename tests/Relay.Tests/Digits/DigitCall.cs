using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Digits;

/// <summary>A call on a relay that may notify digits, and its parties' keys.</summary>
internal sealed class DigitCall
{
    public const string Target = "unix:/run/notices";

    private int _sequence = 1;

    public DigitCall(VirtualRelayOptions? options = null)
    {
        Relay = new VirtualRelay((options ?? new VirtualRelayOptions()) with { Notices = new VirtualNotices(Target, "/run/other") });
        Call = new Call(Relay);
    }

    public VirtualRelay Relay { get; }

    public Call Call { get; }

    /// <summary>The messages so far, without the target.</summary>
    public IEnumerable<string> Told => Relay.Notices.Posted.Select(posted => posted.Message);

    public IEnumerable<string> Events => Relay.Events.Lines.Where(line => line.Contains("press", StringComparison.Ordinal));

    /// <summary>The caller's offer again, with this behind it; whether it did all.</summary>
    public bool Offer(string further, string notice = Target + " sess") =>
        !Relay.Command($"U call {Call.Text(Call.SignalledAlice)} alice bob {notice} && {further}").EndsWith("-1", StringComparison.Ordinal);

    public IReadOnlyList<SentDatagram> FromAlice(
        uint timestamp, int code, int duration = 160, bool isEnd = false, int volume = 10, byte payloadType = 101) =>
        Relay.Receive(
            Call.SignalledAlice,
            Call.PortForAlice,
            RtpBytes.Event(_sequence++, timestamp, code, duration, isEnd, volume, payloadType));

    public IReadOnlyList<SentDatagram> FromBob(uint timestamp, int code, int duration = 160, bool isEnd = false) =>
        Relay.Receive(
            Call.SignalledBob, Call.PortForBob, RtpBytes.Event(_sequence++, timestamp, code, duration, isEnd, ssrc: 8));

    /// <summary>Alice presses a key as phones do: every 20 ms a packet, the last three times.</summary>
    public void AlicePresses(uint timestamp, int code, byte payloadType = 101)
    {
        for (int duration = 160; duration <= 640; duration += 160)
        {
            FromAlice(timestamp, code, duration, payloadType: payloadType);
            Relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        for (int i = 0; i < 3; i++)
        {
            FromAlice(timestamp, code, 800, isEnd: true, payloadType: payloadType);
        }
    }
}
