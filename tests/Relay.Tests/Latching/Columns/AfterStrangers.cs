using RtpProxy.Rtp;

namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>Of the column of the honest, what parties do behind NATs where a stranger, or another branch, was heard before.</summary>
internal static class AfterStrangers
{
    public static IReadOnlyList<HonestChange> All { get; } =
    [
        HonestChange.Within(300, "A scanner sends three packets to the port of a party behind a NAT, which speaks 20 ms later", scene =>
            AfterIntruder(scene, 0.06)) with { IsBehindNat = true },
        HonestChange.Within(300, "A stranger speaks for half a second before the party behind a NAT does, and stops", scene =>
            AfterIntruder(scene, 0.5)) with { IsBehindNat = true },
        HonestChange.Within(10_100, "The same, but the stranger spoke for two seconds", scene =>
            AfterIntruder(scene, 2)) with { IsBehindNat = true, Why = "a party behind its NAT that pauses looks the same" },
        HonestChange.Within(30_100, "The same, but the stranger spoke for twelve seconds", scene =>
            AfterIntruder(scene, 12)) with { IsBehindNat = true, Why = "a party on hold looks the same" },
        HonestChange.Within(300, "Another network after a private address, a stranger took the place for half a second before", scene =>
        {
            scene.Spoken(scene.Public(40, 1_000));
            scene.Signal(scene.Private(30, 6_000));
            scene.Run(0.2);
            return AfterIntruder(scene, 0.5);
        }) with { IsBehindNat = true },
        HonestChange.Within(300, "A forked call: a stranger took the place for half a second before the second callee, behind a NAT, speaks", scene =>
        {
            scene.Spoken(seconds: 1);
            scene.Signal(scene.Private(30, 6_000), "b2");
            scene.Run(0.2);
            return AfterIntruder(scene, 0.5);
        }) with { IsOfCalleeOnly = true },
        HonestChange.Within(300, "A private address, a stranger takes the place in a pause and goes on, the party goes on where it was with a new SSRC", scene =>
            BesideIntruder(scene, scene.Party)),
        HonestChange.Within(300, "The same behind a NAT", scene => BesideIntruder(scene, scene.Nat(1_000))) with { IsBehindNat = true },
        HonestChange.Within(1_000, "A forked call: the second callee is behind a NAT, the first goes on for 0.8 s", scene =>
        {
            Voice first = scene.Spoken();
            return HonestChanges.Appears(
                scene, scene.Nat(9_000), () => scene.Signal(scene.Private(30, 6_000), "b2"), new Voice(first.Source, 7, first.Sequence) { Frames = 40 });
        }) with { IsOfCalleeOnly = true, Why = "a stranger looks the same; the first branch must pause" },
    ];

    /// <summary>A stranger speaks and stops; the party, behind its NAT, speaks a moment later.</summary>
    private static int AfterIntruder(Scene scene, double seconds)
    {
        scene.Run(seconds, new Voice(scene.Mallory, ssrc: 666));
        return HonestChanges.Appears(scene, scene.Nat(9_000), () => { }, seconds: 40);
    }

    /// <summary>A stranger has the place of a party that pauses after a new private address, and does not stop when that is back.</summary>
    private static int BesideIntruder(Scene scene, Endpoint place)
    {
        scene.Spoken(place);
        scene.Signal(scene.Private(99, 4_000));
        var stranger = new Voice(scene.Mallory, ssrc: 666);
        scene.Run(1, stranger);
        scene.Mark();
        var voice = new Voice(place, ssrc: 77);
        scene.Run(8, stranger, voice);
        return Math.Max(scene.HeardAfter(voice), scene.ReachedAfter(place) - 10);
    }
}
