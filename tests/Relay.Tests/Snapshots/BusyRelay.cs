using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Snapshots;

/// <summary>A relay in the middle of everything: two sources, a prompt, a recording, a copy, a fork, keys that are pressed, and audio that waits.</summary>
internal sealed class BusyRelay
{
    public BusyRelay()
    {
        Relay = new VirtualRelay(new VirtualRelayOptions
        {
            RestartsAfterEveryStep = false,
            Relay = new RelayOptions { RecordPcap = true },
            Notices = new VirtualNotices("unix:/run/notices"),
            DigitCatchers = 2,
        });
        Relay.Prompts.Files[("music", 0)] = new byte[8000];
        Call = new Call(Relay, "call", "z40c0,8");
        Relay.Port("Uz40 call 192.0.2.10 40000 alice bob unix:/run/notices tag && M3:1 digits && M3:2 hidden 96 h");
        Relay.Command("P-1 call music 0 alice bob").ShouldBe("0");
        Relay.Command("Rs call alice bob").ShouldBe("0");
        Relay.Command("C call udp:203.0.113.77:9000 bob alice").ShouldBe("0");
        Relay.Port("U copy 203.0.113.1 7000 r1 r2 && C call alice bob && L 203.0.113.2 8000");
        for (int i = 0; i < 4; i++)
        {
            Relay.Receive(Alice, Call.PortForAlice, RtpBytes.Rtp(i));
            Relay.Receive(Alice.WithPort(40_001), Call.PortForAlice + 1, RtpBytes.ReceiverReport());
            Relay.Receive(Bob, Call.PortForBob, RtpBytes.Rtp(i, ssrc: i < 2 ? 8u : 9u));
            Relay.Receive(Mallory, Call.PortForAlice, RtpBytes.Rtp(i, ssrc: 666));
            Relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        foreach (uint timestamp in (uint[])[160_000, 160_000, 161_000])
        {
            Relay.Receive(Alice, Call.PortForAlice, RtpBytes.Event(4, timestamp, code: 5, 160, isEnd: true, payloadType: 96));
        }

        Relay.Receive(Alice, Call.PortForAlice, RtpBytes.Rtp(4)); // half a packet, which waits
    }

    public VirtualRelay Relay { get; }

    public Call Call { get; }

    /// <summary>Whatever the sessions are like, this goes well.</summary>
    public void LiveOn()
    {
        for (int i = 5; i < 9; i++)
        {
            foreach (int port in (int[])[Call.PortForAlice, Call.PortForBob])
            {
                Relay.Receive(Alice, port, RtpBytes.Rtp(i));
                Relay.Receive(Bob, port, RtpBytes.Rtp(i, ssrc: 9));
                Relay.Receive(Mallory, port + 1, RtpBytes.ReceiverReport());
            }

            Relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        Relay.Command("Q call alice bob");
        Relay.AdvanceSeconds(3);
        Relay.Command("X").ShouldBe("0");
    }
}
