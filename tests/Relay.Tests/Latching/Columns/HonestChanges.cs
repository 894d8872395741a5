using RtpProxy.Rtp;

namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>The column of the honest: every way of moving that the relay promises to follow.</summary>
internal static class HonestChanges
{
    public static IReadOnlyList<HonestChange> All { get; } =
    [
        HonestChange.Within(120, "A re-INVITE shows a private address, the party goes on where it is", scene =>
        {
            Voice voice = scene.Spoken();
            return GoesOn(scene, voice, scene.Private(99, 4_000));
        }),
        HonestChange.Within(120, "A re-INVITE shows a wrong public address, the party goes on where it is", scene =>
        {
            Voice voice = scene.Spoken();
            return GoesOn(scene, voice, scene.Public(99, 4_000));
        }),
        HonestChange.Within(120, "A re-INVITE shows a wrong port, the party goes on where it is", scene =>
        {
            Voice voice = scene.Spoken();
            return GoesOn(scene, voice, scene.Public(10, 4_000));
        }),
        HonestChange.Within(120, "A re-INVITE shows a private address, the party goes on where it is with a new SSRC", scene =>
        {
            scene.Spoken();
            return GoesOn(scene, new Voice(scene.Party, ssrc: 77), scene.Private(99, 4_000));
        }),
        HonestChange.Within(300, "A re-INVITE shows a private address, the party goes on from another port with a new SSRC", scene =>
        {
            scene.Spoken();
            return Appears(scene, scene.Party.WithPort(45_000), () => scene.Signal(scene.Private(99, 4_000)));
        }),
        HonestChange.Within(300, "A re-INVITE shows a wrong public address, the party goes on from another port with a new SSRC", scene =>
        {
            scene.Spoken();
            return Appears(scene, scene.Party.WithPort(45_000), () => scene.Signal(scene.Public(99, 4_000)));
        }),
        HonestChange.Within(300, "Hold, 8 s, resume with the same address; another port and SSRC", scene =>
        {
            scene.Spoken();
            scene.Hold();
            scene.Run(8);
            return Appears(scene, scene.Party.WithPort(45_000), () => scene.Signal(scene.Party));
        }),
        HonestChange.Within(300, "The same behind a NAT, with a private address", scene =>
        {
            scene.Spoken(scene.Nat(1_000));
            scene.Hold();
            scene.Run(8);
            return Appears(scene, scene.Nat(2_000), () => scene.Signal(scene.Party));
        }) with { IsBehindNat = true },
        HonestChange.Within(300, "Hold, 5 s, resume with a new private address; new port of the NAT and SSRC", scene =>
        {
            scene.Spoken(scene.Nat(1_000));
            scene.Hold();
            scene.Run(5);
            return Appears(scene, scene.Nat(2_000), () => scene.Signal(scene.Private(10, 40_002)));
        }) with { IsBehindNat = true },
        HonestChange.Within(300, "Hold, 5 s, resume with the description unchanged; new port of the NAT and SSRC", scene =>
        {
            scene.Spoken(scene.Nat(1_000));
            scene.Signal(scene.Party); // held by attribute, not by address
            scene.Run(5);
            return Appears(scene, scene.Nat(2_000), () => scene.Signal(scene.Party));
        }) with { IsBehindNat = true },
        HonestChange.Within(300, "A new port is signalled, the NAT gives another; the party was exact before; new SSRC", scene =>
        {
            scene.Spoken();
            return Appears(scene, scene.Party.WithPort(45_000), () => scene.Signal(scene.Party.WithPort(40_002)));
        }),
        HonestChange.Within(300, "A forked call: the second callee is behind a NAT, the first goes on for 140 ms", scene =>
        {
            Voice first = scene.Spoken(seconds: 1);
            return Appears(
                scene, scene.Nat(9_000), () => scene.Signal(scene.Private(30, 6_000), "b2"), new Voice(first.Source, 7, first.Sequence) { Frames = 7 });
        }) with { IsOfCalleeOnly = true },
        HonestChange.Within(300, "A forked call as before, but the second callee has the tag of the first", scene =>
        {
            Voice first = scene.Spoken(seconds: 1);
            scene.Mark();
            scene.Signal(scene.Private(30, 6_000));
            var second = new Voice(scene.Nat(9_000), ssrc: 77);
            scene.Run(5, new Voice(first.Source, 7, first.Sequence) { Frames = 7 }, second);
            return Math.Max(scene.HeardAfter(second), scene.ReachedAfter(second.Source) - 10);
        }) with
        {
            IsOfCalleeOnly = true,
            Why = "four packets of the first bring the media back to it until the second is heard: without a tag of its own that might be a stranger",
        },
        HonestChange.Within(500, "Another network and SSRC after a re-INVITE with a private address", scene =>
        {
            scene.Spoken();
            return Appears(scene, scene.Nat(9_000), () => scene.Signal(scene.Private(30, 6_000)));
        }),
        HonestChange.Within(500, "The same from behind one NAT to behind another", scene =>
        {
            scene.Spoken(scene.Public(40, 1_000));
            return Appears(scene, scene.Nat(9_000), () => scene.Signal(scene.Private(30, 6_000)));
        }) with { IsBehindNat = true },
        HonestChange.Loses(2, "Another network, the same stream goes on, without a command", scene =>
        {
            Voice voice = scene.Spoken();
            return Roams(scene, voice);
        }),
        HonestChange.Loses(2, "The same 100 ms later", scene =>
        {
            Voice voice = scene.Spoken();
            scene.Run(0.1);
            return Roams(scene, voice);
        }),
        HonestChange.Loses(2, "The same after one second of speech, from behind one NAT to behind another", scene =>
        {
            Voice voice = scene.Spoken(scene.Public(40, 1_000), seconds: 1);
            return Roams(scene, voice);
        }) with { IsBehindNat = true },
        HonestChange.Loses(0, "T.38 from a new port that was signalled exactly", scene =>
        {
            scene.Spoken();
            scene.Signal(scene.Party.WithPort(40_002));
            return Faxes(scene, scene.Party.WithPort(40_002));
        }),
        HonestChange.Loses(0, "T.38 from a new host that was signalled exactly, the voice goes on for 100 ms", scene =>
        {
            Voice voice = scene.Spoken();
            scene.Signal(scene.Public(30, 40_002));
            return Faxes(scene, scene.Public(30, 40_002), new Voice(voice.Source, 7, voice.Sequence) { Frames = 5 });
        }),
        HonestChange.Within(200, "T.38 where a new port is signalled and the NAT gives another", scene =>
        {
            scene.Spoken();
            scene.Signal(scene.Party.WithPort(40_002));
            return FaxAppears(scene, scene.Party.WithPort(45_000));
        }),
        HonestChange.Within(200, "The same with a private address", scene =>
        {
            scene.Spoken(scene.Nat(1_000));
            scene.Signal(scene.Party.WithPort(40_002));
            return FaxAppears(scene, scene.Nat(2_000));
        }) with { IsBehindNat = true },
        HonestChange.Within(300, "A fork: branch B from the signalled host but another port, branch A was exact on that host", scene =>
        {
            scene.Spoken();
            return Appears(scene, scene.Party.WithPort(45_000), () => scene.Signal(scene.Party.WithPort(42_000), "b2"));
        }) with { IsOfCalleeOnly = true },
        HonestChange.Within(1_000, "The same while branch A goes on for 0.8 s", scene =>
        {
            Voice first = scene.Spoken();
            return Appears(
                scene,
                scene.Party.WithPort(45_000),
                () => scene.Signal(scene.Party.WithPort(42_000), "b2"),
                new Voice(first.Source, 7, first.Sequence) { Frames = 40 });
        }) with { IsOfCalleeOnly = true },
        HonestChange.Within(1_000, "The same, and branch B has the tag of branch A", scene =>
        {
            Voice first = scene.Spoken();
            return Appears(
                scene,
                scene.Party.WithPort(45_000),
                () => scene.Signal(scene.Party.WithPort(42_000)),
                new Voice(first.Source, 7, first.Sequence) { Frames = 40 });
        }) with { IsOfCalleeOnly = true },
        HonestChange.Loses(0, "Packets to the losing branch A in that time, B silent at first", scene =>
        {
            Voice first = scene.Spoken();
            scene.Signal(scene.Party.WithPort(42_000), "b2");
            scene.Mark();
            scene.Run(
                2,
                new Voice(first.Source, 7, first.Sequence) { Frames = 40 },
                new Voice(scene.Party.WithPort(45_000), ssrc: 77) { Delay = 25 });
            return scene.SentTo(scene.Party);
        }) with { IsOfCalleeOnly = true },
        HonestChange.Within(500, "The same description again; another port of the same host and a new SSRC, 0.2 s after the old one ended", scene =>
        {
            scene.Spoken();
            scene.Run(0.2);
            return Appears(scene, scene.Party.WithPort(45_000), () => scene.Signal(scene.Party));
        }),
        HonestChange.Within(500, "The same behind a NAT, and the command comes 100 ms late", scene =>
        {
            scene.Spoken(scene.Nat(1_000));
            scene.Mark();
            var voice = new Voice(scene.Nat(2_000), ssrc: 77);
            scene.Run(0.1, voice);
            scene.Signal(scene.Party);
            scene.Run(2, voice);
            return Math.Max(scene.HeardAfter(voice), scene.ReachedAfter(voice.Source));
        }) with { IsBehindNat = true },
        HonestChange.Within(300, "A re-INVITE shows a wrong address, the party goes on where it is with a packet every 60 ms", scene =>
        {
            var voice = new Voice(scene.Party) { Every = 3 };
            scene.Run(3, voice);
            return GoesOn(scene, voice, scene.Public(99, 4_000));
        }),
        HonestChange.Within(1_500, "A re-INVITE to where the party only listens, the old place goes on for 300 ms", scene =>
        {
            Voice voice = scene.Spoken();
            scene.Signal(scene.Public(30, 42_000));
            scene.Mark();
            scene.Run(3, new Voice(voice.Source, 7, voice.Sequence) { Frames = 15 });
            return scene.ReachedAfter(scene.Public(30, 42_000));
        }) with { Why = "four packets say that the old place goes on, a second of silence that it has ended" },
        HonestChange.Loses(0, "Pauses of three seconds, and another SSRC after each", scene =>
        {
            int lost = 0;
            for (uint ssrc = 100; ssrc < 105; ssrc++)
            {
                Voice voice = scene.Spoken(ssrc: ssrc, seconds: 1);
                scene.Run(3);
                lost += voice.Lost;
            }

            return lost;
        }),
        HonestChange.Loses(0, "Hold, and music from where the party was", scene =>
        {
            scene.Spoken();
            scene.Hold();
            return scene.Spoken(ssrc: 9).Lost;
        }),
        HonestChange.Loses(0, "A fork: branch B speaks where it was signalled, branch A goes on for 0.8 s", scene =>
        {
            Voice first = scene.Spoken();
            scene.Signal(scene.Public(30, 42_000), "b2");
            scene.Mark();
            var second = new Voice(scene.Public(30, 42_000), ssrc: 77);
            scene.Run(2, new Voice(first.Source, 7, first.Sequence) { Frames = 40 }, second);
            return second.Lost + scene.SentTo(scene.Party);
        }) with { IsOfCalleeOnly = true },
        HonestChange.Within(20, "A new address is signalled and the party speaks from there", scene =>
        {
            scene.Spoken();
            return Appears(scene, scene.Public(30, 42_000), () => scene.Signal(scene.Public(30, 42_000)));
        }),
        HonestChange.Within(20, "The party speaks first from the signalled host but another port", scene =>
            Appears(scene, scene.Party.WithPort(45_000), () => { })),
        HonestChange.Within(20, "The party speaks first from behind a NAT, and signals a private address", scene =>
            Appears(scene, scene.Nat(1_000), () => { })) with { IsBehindNat = true },
        HonestChange.Within(10_100, "The party speaks first from another host than it signals, which is public", scene =>
            Appears(scene, scene.Nat(1_000), () => { }, seconds: 12)) with
        {
            Why = "a stranger looks the same; the signalled host could be reached, so it gets 10 s",
        },
        HonestChange.Within(10_100, "A re-INVITE to a public address, the party speaks from another host", scene =>
        {
            scene.Spoken();
            return Appears(scene, scene.Nat(1_000), () => scene.Signal(scene.Public(30, 42_000)), seconds: 12);
        }) with { Why = "as above" },
        HonestChange.Within(15_100, "Another port of the NAT and a new SSRC, without any command", scene =>
        {
            scene.Spoken(scene.Nat(1_000));
            return Appears(scene, scene.Nat(2_000), () => { }, seconds: 20);
        }) with { IsBehindNat = true, Why = "another machine behind the same NAT looks the same" },
        HonestChange.Within(300, "We give a new port (n), the party sends to it from another port with a new SSRC", scene =>
        {
            scene.Spoken();
            return Appears(scene, scene.Party.WithPort(45_000), scene.Renew);
        }),
        HonestChange.Within(300, "The same from behind a NAT", scene =>
        {
            scene.Spoken(scene.Nat(1_000));
            return Appears(scene, scene.Nat(2_000), scene.Renew);
        }) with { IsBehindNat = true },
        HonestChange.Within(2_100, "Behind a NAT, a re-INVITE to another public host where the party only listens", scene =>
        {
            scene.Spoken(scene.Nat(1_000));
            scene.Mark();
            scene.Signal(scene.Public(30, 42_000));
            scene.Run(5);
            return scene.ReachedAfter(scene.Public(30, 42_000));
        }) with { IsBehindNat = true, Why = "a party behind its NAT, which the description may not know, goes on: two seconds of silence say that it does not" },
        HonestChange.Within(120, "The same, and the party speaks where it was after five seconds", scene =>
        {
            Voice voice = scene.Spoken(scene.Nat(1_000));
            scene.Signal(scene.Public(30, 42_000));
            scene.Run(5);
            scene.Mark();
            scene.Run(3, voice);
            return Math.Max(scene.HeardAfter(voice), scene.ReachedAfter(voice.Source));
        }) with { IsBehindNat = true },
        .. AfterStrangers.All,
        .. ForgedOldPlaces.All,
    ];

    private static int GoesOn(Scene scene, Voice voice, Endpoint signalled)
    {
        scene.Signal(signalled);
        scene.Mark();
        scene.Run(4, voice);
        return Math.Max(scene.HeardAfter(voice), scene.ReachedAfter(voice.Source));
    }

    /// <summary>Somebody speaks from a place with an SSRC of its own, right after what is signalled.</summary>
    public static int Appears(Scene scene, Endpoint place, Action signal, Voice? other = null, double seconds = 5)
    {
        scene.Mark();
        signal();
        var voice = new Voice(place, ssrc: 77);
        scene.Run(seconds, other is null ? [voice] : [other, voice]);
        if (other is not null)
        {
            scene.SentTo(other.Source).ShouldBe(0, "packets to who has lost the call");
        }

        int heard = scene.HeardAfter(voice);
        int reached = scene.ReachedAfter(place);
        return heard < 0 || reached < 0 ? -1 : Math.Max(heard, reached - 10);
    }

    private static int Roams(Scene scene, Voice voice)
    {
        int before = voice.Lost;
        voice.Source = scene.Nat(9_000);
        scene.Run(2, voice);
        return voice.Lost - before;
    }

    private static int Faxes(Scene scene, Endpoint place, Voice? other = null)
    {
        var fax = Voice.Fax(place);
        scene.Run(2, other is null ? [fax] : [other, fax]);
        return fax.Lost;
    }

    private static int FaxAppears(Scene scene, Endpoint place)
    {
        scene.Mark();
        var fax = Voice.Fax(place);
        scene.Run(2, fax);
        return scene.HeardAfter(fax);
    }
}
