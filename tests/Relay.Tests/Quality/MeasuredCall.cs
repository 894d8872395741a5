using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>A call whose parties send what a test says at the time that it says, and what the relay makes of it.</summary>
internal sealed class MeasuredCall
{
    /// <summary>Between two packets of G.711.</summary>
    public static readonly TimeSpan Ptime = TimeSpan.FromMilliseconds(20);

    private readonly Call _call;

    public MeasuredCall(VirtualRelayOptions? options = null)
    {
        Relay = new VirtualRelay(options);
        _call = new Call(Relay);
        Start = Relay.Now;
    }

    public VirtualRelay Relay { get; }

    /// <summary>When the session was set up.</summary>
    public Instant Start { get; }

    public SessionReport Report => SessionReports.Of(Session, Relay.Now);

    /// <summary>The port that Bob sends RTP to.</summary>
    public int PortForBob => _call.PortForBob;

    public ReceptionFigures FromAlice => Report.Caller.Reception;

    public ReceptionFigures FromBob => Report.Callee.Reception;

    private Session Session => Relay.Workers[0].AllSessions[0];

    /// <summary>Until so long after the session was set up.</summary>
    public void At(double milliseconds)
    {
        TimeSpan left = Start + TimeSpan.FromMilliseconds(milliseconds) - Relay.Now;
        left.ShouldBeGreaterThanOrEqualTo(TimeSpan.Zero, "time does not go back");
        Relay.Advance(left);
    }

    public void Alice(
        int sequence, uint ssrc = 7, uint? timestamp = null, byte payloadType = 0, bool marker = false, int length = 160) =>
        _call.FromAlice(Call.Alice, RtpBytes.Rtp(sequence, ssrc, timestamp, payloadType, marker, length));

    public void Bob(int sequence, uint ssrc = 8, byte payloadType = 0) =>
        _call.FromBob(Call.Bob, RtpBytes.Rtp(sequence, ssrc, payloadType: payloadType));

    /// <summary>RTCP of a party, at the port for it or at that for RTP.</summary>
    public void AliceReports(byte[] report, bool onRtpPort = false) => Relay.Receive(
        Call.Alice.WithPort((ushort)(Call.Alice.Port + (onRtpPort ? 0 : 1))), _call.PortForAlice + (onRtpPort ? 0 : 1), report);

    public void BobReports(byte[] report, bool onRtpPort = false) => Relay.Receive(
        Call.Bob.WithPort((ushort)(Call.Bob.Port + (onRtpPort ? 0 : 1))), _call.PortForBob + (onRtpPort ? 0 : 1), report);

    /// <summary>Alice sends packets of 20 ms, each at its time, but for those that are lost.</summary>
    public void AliceSends(int packets, Func<int, bool>? isLost = null, int first = 0, byte payloadType = 0)
    {
        for (int i = first; i < first + packets; i++)
        {
            if (isLost?.Invoke(i) != true)
            {
                Alice(i, payloadType: payloadType);
            }

            Relay.Advance(Ptime);
        }
    }

    public string Query(string names, string tags = "alice bob") => _call.Query(names, tags);
}
