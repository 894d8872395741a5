using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>A call in which time goes by while parties send what they do, ten packets a second, and what is said of it.</summary>
internal sealed class Talk
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private int _sequence;

    public Talk(VirtualRelay relay, Call? call = null)
    {
        Relay = relay;
        Call = call ?? new Call(relay);
        AliceIs = Call.SignalledAlice;
        BobIs = Call.SignalledBob;
    }

    public VirtualRelay Relay { get; }

    public Call Call { get; }

    /// <summary>Where packets of the parties come from.</summary>
    public Endpoint AliceIs { get; set; }

    public Endpoint BobIs { get; set; }

    /// <summary>Of so many packets of Bob's one does not come.</summary>
    public int BobLosesOneIn { get; set; } = int.MaxValue;

    /// <summary>The verdict of the last second.</summary>
    public Verdict Verdict => Session.Verdict;

    public string Words => Verdict.Party is { } party ? $"{Verdict.Code.Name()} {party}" : Verdict.Code.Name();

    public SessionReport Report => SessionReports.Of(Session, Relay.Now);

    private uint Timestamp => (uint)(_sequence * 800);

    private Session Session => Relay.Workers[0].AllSessions.ToArray().First(s => s.CallId == Call.CallId);

    /// <summary>So many seconds pass; Alice and Bob send a packet of RTP every 100 ms, or none.</summary>
    public Talk For(double seconds, bool alice = true, bool bob = true, Action? beside = null)
    {
        for (int i = 0; i < seconds * 10; i++)
        {
            _sequence++;
            if (alice)
            {
                Relay.Receive(AliceIs, Call.PortForAlice, RtpBytes.Rtp(_sequence, timestamp: Timestamp));
            }

            if (bob && _sequence % BobLosesOneIn != 0)
            {
                Relay.Receive(BobIs, Call.PortForBob, RtpBytes.Rtp(_sequence, ssrc: 8, Timestamp));
            }

            beside?.Invoke();
            Relay.Advance(Step);
        }

        return this;
    }

    /// <summary>Nobody sends anything.</summary>
    public Talk Silence(double seconds) => For(seconds, alice: false, bob: false);

    public Talk OnlyAlice(double seconds, Action? beside = null) => For(seconds, bob: false, beside: beside);

    public Talk OnlyBob(double seconds, Action? beside = null) => For(seconds, alice: false, beside: beside);
}
