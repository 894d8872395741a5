using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>
/// Of the column of the honest, parties that move while something comes from where they were that is not their stream: forged, or
/// what an old socket still sends.
/// </summary>
internal static class ForgedOldPlaces
{
    private static readonly (string Name, Func<int, byte[]> Datagram)[] Kinds =
    [
        ("RTP, each packet with another SSRC", i => RtpBytes.Rtp((i * 7_919) & 0xFFFF, (uint)(i * 2_654_435_761L))),
        ("STUN", _ => [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("RTCP", _ => RtpBytes.ReceiverReport(666)),
        ("bytes that are nothing", _ => [.. Enumerable.Repeat((byte)0xFF, 20)]),
    ];

    public static IReadOnlyList<HonestChange> All { get; } =
    [
        .. Kinds.SelectMany(kind => new[]
        {
            HonestChange.Within(300, $"A private address, then another port and SSRC; from the old place comes without end: {kind.Name}", scene =>
                Moves(scene, scene.Party, scene.Party.WithPort(45_000), () => scene.Signal(scene.Private(99, 4_000)), kind.Datagram)),
            HonestChange.Within(300, $"Hold, resume with the same address, another port and SSRC; meanwhile {kind.Name}", scene =>
                Moves(scene, scene.Party, scene.Party.WithPort(45_000), () => Resume(scene), kind.Datagram)),
            HonestChange.Within(300, $"The same behind a NAT, meanwhile {kind.Name}", scene =>
                Moves(scene, scene.Nat(1_000), scene.Nat(2_000), () => Resume(scene), kind.Datagram)) with { IsBehindNat = true },
            HonestChange.Within(300, $"A new port is signalled, the NAT gives another; meanwhile {kind.Name}", scene =>
                Moves(scene, scene.Party, scene.Party.WithPort(45_000), () => scene.Signal(scene.Party.WithPort(40_002)), kind.Datagram)),
            HonestChange.Loses(2, $"Another network, the same stream goes on; meanwhile {kind.Name}", scene =>
            {
                Voice voice = scene.Spoken();
                int before = voice.Lost;
                voice.Source = scene.Nat(9_000);
                scene.Run(5, Old(scene.Party, kind.Datagram), voice);
                return voice.Lost - before;
            }),
        }),
        HonestChange.Within(120, "A private address, the party goes on where it is with a new SSRC; meanwhile RTP, each packet with another SSRC", scene =>
        {
            scene.Spoken();
            scene.Mark();
            scene.Signal(scene.Private(99, 4_000));
            var voice = new Voice(scene.Party, ssrc: 77);
            scene.Run(5, Old(scene.Party, Kinds[0].Datagram), voice);
            return Math.Max(scene.HeardAfter(voice), scene.ReachedAfter(scene.Party) - 10);
        }),
    ];

    private static void Resume(Scene scene)
    {
        scene.Hold();
        scene.Run(2);
        scene.Signal(scene.Party);
        scene.Mark();
    }

    private static int Moves(Scene scene, Endpoint from, Endpoint to, Action command, Func<int, byte[]> datagram)
    {
        scene.Spoken(from);
        scene.Mark();
        command();
        var voice = new Voice(to, ssrc: 77);
        scene.Run(5, Old(from, datagram), voice);
        return Math.Max(scene.HeardAfter(voice), scene.ReachedAfter(to) - 10);
    }

    private static Voice Old(Endpoint place, Func<int, byte[]> datagram) => new(place) { Every = 2, Other = datagram };
}
