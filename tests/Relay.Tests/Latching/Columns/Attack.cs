using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>What a stranger does to a call for a second, and from where.</summary>
/// <param name="Position">Where it is: the first column of docs/security.md.</param>
/// <param name="Act">What it does.</param>
/// <param name="InFrame">Does it, in one frame of 20 ms.</param>
internal sealed record Attack(string Position, string Act, Action<Scene, SessionState.Party, int> InFrame)
{
    public const string Elsewhere = "elsewhere, knows the ports";
    public const string Forger = "elsewhere, forges the party's exact address";
    public const string Listener = "listens on the way";
    public const string SameHost = "on the party's host, or behind its NAT";

    public static IReadOnlyList<Attack> All { get; } =
    [
        new(Elsewhere, "speaks", (scene, _, frame) => scene.Inject(scene.Mallory, RtpBytes.Rtp(frame, ssrc: 666))) { Speaks = true },
        new(Elsewhere, "sprays, each packet from another port", (scene, _, frame) =>
            scene.Inject(scene.Mallory.WithPort((ushort)(6_666 + frame)), RtpBytes.Rtp(frame, ssrc: 666))),
        new(Elsewhere, "floods with STUN, DTLS, RTCP and odd sizes", (scene, _, frame) => scene.Inject(scene.Mallory, Junk(frame))),
        new(Elsewhere, "reports first (RTCP)", (scene, _, _) => scene.Report(scene.Mallory)) { IsRtcp = true },
        new(Elsewhere, "knows the SSRC and tries sequence numbers", (scene, party, frame) =>
        {
            for (int i = 0; i < 20; i++)
            {
                scene.Inject(scene.Mallory, RtpBytes.Rtp((frame * 20 + i) * 67, party.Voice.Ssrc, (uint)(frame * 85_899_345)));
            }
        }),
        new(Forger, "begins a stream, and carries it on from its own host", (scene, party, frame) =>
            scene.Inject(
                frame < 20 ? party.Place : scene.Mallory, RtpBytes.Rtp(5_000 + frame, ssrc: 666)))
        {
            Speaks = true,
            GoesElsewhere = true,
        },
        new(Forger, "sends one packet in three, to mute the party", (scene, party, frame) =>
        {
            if (frame % 3 == 0)
            {
                scene.Inject(party.Place, RtpBytes.Rtp(5_000 + frame, ssrc: 666));
            }
        }),
        new(Forger, "the same with the address that was signalled", (scene, party, frame) =>
        {
            if (frame % 3 == 0)
            {
                scene.Inject(scene.Party, RtpBytes.Rtp(5_000 + frame, ssrc: 666));
            }
        })
        {
            ForgesSignalled = true,
        },
        new(Listener, "replays the party's packets", (scene, party, frame) =>
        {
            Voice voice = party.Voice;
            scene.Inject(scene.Mallory, RtpBytes.Rtp(voice.Sequence - 60 + frame, voice.Ssrc, voice.Timestamp - (60 * 160) + (uint)(frame * 160)));
        }),
        new(Listener, "carries the stream on", (scene, party, frame) =>
        {
            Voice voice = party.Voice;
            int ahead = party.Speaks ? 0 : frame;
            scene.Inject(scene.Mallory, RtpBytes.Rtp(voice.Sequence + ahead, voice.Ssrc, voice.Timestamp + (uint)(ahead * 160)));
        })
        {
            CarriesOn = true,
        },
        new(SameHost, "speaks from another port", (scene, party, frame) =>
            scene.Inject(party.Place.WithPort(6_666), RtpBytes.Rtp(frame, ssrc: 666))),
    ];

    /// <summary>It is after reports, not media.</summary>
    public bool IsRtcp { get; init; }

    /// <summary>It sends RTP from one place, without a pause.</summary>
    public bool Speaks { get; init; }

    /// <summary>It forges the address that was signalled, wherever the party is.</summary>
    public bool ForgesSignalled { get; init; }

    /// <summary>It carries the party's own stream on.</summary>
    public bool CarriesOn { get; init; }

    /// <summary>It begins under the party's address and goes on from its own host.</summary>
    public bool GoesElsewhere { get; init; }

    /// <summary>Attacks for a second. Gives how many of fifty packets of the other party went to the attacker.</summary>
    public int Diverted(Scene scene, SessionState.Party party)
    {
        scene.Mark();
        int reports = 0;
        scene.Run(
            1,
            frame =>
            {
                InFrame(scene, party, frame);
                reports += IsRtcp && IsAttacker(scene, party, scene.ReportOfOther()) ? 1 : 0;
            },
            party.Speaks ? [party.Voice] : []);
        return IsRtcp ? reports : scene.SentWhere(to => IsAttacker(scene, party, to));
    }

    private static bool IsAttacker(Scene scene, SessionState.Party party, Endpoint? to) =>
        to is { } place && (place.IsSameHost(scene.Mallory) || place == party.Place.WithPort(6_666));

    private static byte[] Junk(int frame) => (frame % 7) switch
    {
        0 => [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
        1 => [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 1, 0, 3, 1, 0, 0],
        2 => RtpBytes.ReceiverReport(666),
        3 => [],
        4 => new byte[1],
        5 => new byte[1_400],
        _ => [0x80, 0, 1, 2, 3],
    };
}
